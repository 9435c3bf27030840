/** The shapes that the modules of the search share; docs/search.md says what each field of a file means. */

/** Postings: the documents of levels 4, 3, 2 and 1, each list as deltas; empty lists at the end are cut. */
export type Found = number[][];

/** A file of all trials of a key: postings, or layers, each among the documents of the one before. */
export type FoundFile = Found | { layers: string[] };

/** What a key of the lexicon leads to, in the three ways in which a shard writes it. */
export type Entry = Found | { found: Found; name?: string } | { trials: number; top: Found; counts: number[][]; set: number; name?: string };

export type Shard = Record<string, Entry>;

export interface Column {
  name: string;
  /** Code, label and number of trials. */
  values: [string, string, number][];
}

export interface ValueSet {
  name: string;
  values: number;
  /** Number, label and number of trials of the values that most trials have. */
  top: [number, string, number][];
}

export interface Manifest {
  format: number;
  tokens: number;
  trials: number;
  level_values: number[];
  chunk: number;
  language: string;
  bundles: string[];
  facets: Column[];
  sets: ValueSet[];
  lexicon: { terms: number; firsts: string[] };
  /** By the first character of the files of suggestions: the second ones. */
  suggest: Record<string, string>;
  fuzzy: number[];
  places: number;
  /** Size in degrees of the squares in which cards say that trials have places. */
  cell: number;
  days: { block: number };
}

export interface Card {
  id: string;
  title: string;
  status?: string;
  title_language?: string;
  phase?: string;
  who_for?: string;
  purpose?: string;
  purpose_language?: string;
  where?: string;
  verified?: string;
  retrieved?: string;
  ends?: string;
  updated?: string;
  conditions?: number[];
  treatments?: number[];
  sponsors?: number[];
  /** Squares of the map with a place of the trial, counted from the south-west, eastward first. */
  cells?: number[];
}

/** One build of the index. Its files never change, so that each is read once. */
export interface Build {
  hash: string;
  manifest: Manifest;
  /** A file's content, made ready by `decode` when it arrives; several callers share one request. */
  file<T>(path: string, signal?: AbortSignal, decode?: (content: any) => T): Promise<T>;
}

export interface Index {
  /** Of the build in use. */
  readonly manifest: Manifest;
  /** Do work on the build in use; where its files fail, once more on the build that is published now. */
  attempt<T>(work: (build: Build) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** The text of a file below the search folder, null where there is none; rejects where it cannot be asked for. */
export type Get = (path: string, options: { signal?: AbortSignal; fresh: boolean }) => Promise<string | null>;

export interface Near {
  latitude: number;
  longitude: number;
  /** In kilometers; null keeps every trial. */
  radius: number | null;
}

export interface Query {
  words: string;
  /** By facet: codes of a column or slugs of a set. */
  filters: Record<string, string[]>;
  /** In completed years. */
  age: number | null;
  near: Near | null;
  order: "relevance" | "newest" | "distance";
  /** Whether words are taken as they are typed, without mending. */
  exact: boolean;
  from: number;
  size: number;
}

/** How a part of the words was read. */
export interface Unit {
  typed: string;
  kind: "word" | "name" | "beginning" | "typo" | "unknown";
  name: string | null;
  read: string;
}

/** An entry in one shape: `found` or `set` leads to all postings. */
export interface Opened {
  trials: number;
  found?: Found;
  top?: Found;
  counts?: number[][];
  set?: number;
  name?: string;
}

/** A unit with what the lexicon holds for it. */
export interface ReadUnit extends Unit {
  entries: Opened[];
}

export interface ValueCount {
  value: number;
  slug: string;
  label: string;
  count: number;
}

export interface Results {
  build: string;
  total: number;
  trials: number;
  documents: number[];
  /** With `near` only: for each document the nearest place; null where none is on the map. */
  distances?: (number | null)[];
  nearest?: ({ name: string; km: number } | null)[];
  /** By column: number of the value, trials that choosing it would give. */
  counts: Record<string, [number, number][]>;
  units: Unit[];
  /** Whether no trial has all of the words, and these have some. */
  relaxed: boolean;
  /** Where nothing is found: what leaving out one part alone would give. */
  loosened: { part: string; total: number }[];
  /** Whether the query was too long to be read whole. */
  cut: boolean;
}

/** Trials that have some of the words, not all. */
export interface Some extends Pick<Results, "total" | "documents" | "nearest" | "distances"> {
  cards: Card[];
}

export interface Answer extends Results {
  cards(): Promise<Card[]>;
  /** Where few trials have all of the words, others that have some; null elsewhere. */
  some(): Promise<Some | null>;
  facetCounts(name: string, candidates?: (number | string)[]): Promise<ValueCount[]>;
}

export interface Suggestion {
  /** What was typed before the words that the name completes. */
  before: string;
  name: string;
  trials: number;
}

/** How far the trials are from a point, as far as the map was read. */
export interface Nearby {
  /** Tenths of a kilometer; the highest of all without a place. */
  rank(document: number): number;
  /** Which documents have a place within the radius that was read. */
  fits(km: number): Uint8Array;
  /** The nearest place. */
  of(document: number): { name: string; km: number } | null;
  /** Read on until the nearest `count` of some documents are certain. */
  first(documents: number[] | Uint32Array, count: number): Promise<void>;
}

/** A filter that is on: which documents pass. */
export interface Filter {
  part: string;
  fits: Uint8Array;
}

/** What a query asks beyond its words. */
export interface Narrowed {
  filters: Filter[];
  /** Where each document fails: 0 nowhere, else the number (from 1) of the only filter that it fails, or 255. */
  failed(documents: Uint32Array): Uint8Array;
  /** The rank of a document in an order other than that by relevance, the least first. */
  rank(documents: Uint32Array): Promise<((document: number) => number) | null>;
  loosened(sifted: Sifted): Results["loosened"];
  nearest(documents: number[]): Promise<Pick<Results, "nearest" | "distances"> | undefined>;
}

/** The documents that the words find, in their order. */
export interface Matched {
  documents: Uint32Array;
  score(document: number): number;
  /** Whether none has all words. */
  relaxed: boolean;
  /** Those that have some of the words, not all. */
  some(): Uint32Array;
}

/** The same with where each fails the filters, which is empty where there are none, and the number of units. */
export interface Sifted extends Matched {
  units: number;
  filters: Filter[];
  failed: Uint8Array | number[];
}
