// @ts-check
/**
 * Rounds of work that never overlap: a wish during one is one more round after it, so none is lost and none doubled.
 */

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8000;

/**
 * A function that asks for a round of work. A round that fails is tried again, after longer and longer waits.
 * @param {() => Promise<unknown>} work
 * @param {(error: unknown) => void} failed  told of each round that fails
 * @param {(act: () => void, delay: number) => unknown} [later]
 * @returns {() => Promise<void>} ends when the asked round has ended, or another that began after the wish
 */
export function rounds(work, failed, later = (act, delay) => setTimeout(act, delay)) {
  let isWanted = false;
  let isWaiting = false;
  let delay = FIRST_DELAY_MS;
  /** @type {Promise<void> | null} */
  let running = null;

  const run = async () => {
    while (isWanted) {
      isWanted = false;
      try {
        await work();
        delay = FIRST_DELAY_MS;
      } catch (error) {
        failed(error);
        tryAgain();
      }
    }
    running = null;
  };
  const tryAgain = () => {
    if (isWaiting) return;
    isWaiting = true;
    later(() => {
      isWaiting = false;
      void ask();
    }, delay);
    delay = Math.min(delay * 2, LONGEST_DELAY_MS);
  };
  const ask = () => {
    isWanted = true;
    running ??= run();
    return running;
  };
  return ask;
}
