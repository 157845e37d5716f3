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

  /** A classifier of one domain, with what it remembers of every line it was asked. */
  export interface DomainNlu {
    cache?: { results: Record<string, unknown> };
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
      domainManagers: Record<string, { domains: Record<string, DomainNlu> } | undefined>;
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
