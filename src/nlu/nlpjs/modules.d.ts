/** The parts of nlp.js that are used; its packages carry no types. */
declare module '@nlpjs/core' {
  /** Holds the plug-ins of one nlp.js. */
  export interface Container {
    use(plugin: unknown): unknown;
    get<T>(name: string): T | undefined;
    registerConfiguration(name: string, configuration: object): void;
  }
  export function containerBootstrap(): Container;
}

declare module '@nlpjs/lang-en' {
  export const LangEn: unknown;
}

declare module '@nlpjs/nlp' {
  import type { Container } from '@nlpjs/core';

  /** What passes through the steps of a classifier: the stems of a line, later what they speak for. */
  export interface NluInput {
    tokens: Record<string, number>;
    settings: Record<string, unknown>;
    classifications?: { intent: string; score: number }[];
  }

  /** The classifier of one domain; each step takes what the one before gave. */
  export interface DomainNlu {
    settings: Record<string, unknown>;
    textToFeatures(input: NluInput): NluInput;
    innerProcess(input: NluInput): NluInput;
    filterNonActivated(input: NluInput): NluInput;
    normalizeClassifications(input: NluInput): NluInput;
  }

  /** All classifiers of one language, and the lines it was trained on by their stems. */
  export interface DomainManager {
    domains: Record<string, DomainNlu | undefined>;
    stemDict: Record<string, { intent: string } | undefined>;
    sentences: { utterance: string }[];
  }

  export interface NlpSettings {
    container: Container;
    autoLoad: boolean;
    autoSave: boolean;
    calculateSentiment: boolean;
    forceNER: boolean;
    nlu: Record<string, unknown>;
  }

  export class Nlp {
    constructor(settings: NlpSettings);
    readonly container: Container;
    readonly nluManager: {
      domainManagers: Record<string, DomainManager | undefined>;
    };
    addLanguage(locale: string): void;
    addDocument(locale: string, utterance: string, intent: string): void;
    train(): Promise<unknown>;
    process(
      locale: string,
      utterance: string,
    ): Promise<{ classifications?: { intent: string; score: number }[] }>;
    toJSON(): unknown;
    fromJSON(json: unknown): void;
  }
}
