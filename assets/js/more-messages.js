// @ts-check
/**
 * The words of every part that comes after a trial page has opened. English needs none; where a site is
 * built in another language, the build writes this file anew. A module that is loaded later imports it.
 */
export {};
