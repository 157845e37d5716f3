/** The error codes of MongoDB that this server answers with, by MongoDB's own names. */
export const CODES = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Unauthorized: 13,
  InvalidLength: 16,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  MaxTimeMSExpired: 50,
  CursorNotFound: 43,
  NamespaceExists: 48,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CommandNotSupported: 115,
  NotAReplicaSet: 123,
  InvalidPipelineOperator: 168,
  InvalidIndexSpecificationOption: 197,
  ConversionFailure: 241,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  InterruptedAtShutdown: 11600,
  OutOfDiskSpace: 14031,
  InvalidBSON: 22,
  NotSingleValueField: 54,
  OperationFailed: 96,
  CannotIndexParallelArrays: 171,
  APIVersionError: 322,
} as const;

const NAMES = new Map<number, string>(Object.entries(CODES).map(([name, code]) => [code, name]));

/** An answer to a client that its command failed: a MongoDB error code, its name, a sentence, and what else the answer carries. */
export class MongoFault extends Error {
  constructor(
    readonly code: number,
    message: string,
    /** Further fields of the answer, such as `keyPattern` and `keyValue`. */
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'MongoFault';
  }

  get codeName(): string {
    return NAMES.get(this.code) ?? `Location${this.code}`;
  }
}

/** A fault by the name of its code. */
export function fault(
  name: keyof typeof CODES,
  message: string,
  extra?: Record<string, unknown>,
): MongoFault {
  return new MongoFault(CODES[name], message, extra);
}

/** A fault for something MongoDB can do and this server does not, in one wording. */
export function refused(what: string): MongoFault {
  return fault(
    'CommandNotSupported',
    `${what} is not supported by the embedded server; use a MongoDB server for it`,
  );
}
