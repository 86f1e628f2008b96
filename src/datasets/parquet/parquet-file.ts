import { type FileMetaData, parquetMetadataAsync, parquetSchema, type SchemaTree } from 'hyparquet';
import { sentence, VitrineError } from '../../shared/errors';
import { OpenFile } from '../file/open-file';

/** No part of a file that is read at once is larger, whatever its headers say. */
export const LARGEST_PART_BYTES = 256 * 2 ** 20;

/** A Parquet file: what its footer says, and its parts as they are asked for. */
export class ParquetFile {
  readonly file: OpenFile;
  readonly metadata: FileMetaData;
  readonly schema: SchemaTree;

  private constructor(file: OpenFile, metadata: FileMetaData) {
    this.file = file;
    this.metadata = metadata;
    this.schema = parquetSchema(metadata);
  }

  /** @throws VitrineError `dataset.unreadable`, `dataset.parquet` */
  static async open(path: string): Promise<ParquetFile> {
    const file = await OpenFile.open(path);
    try {
      const slice = (start: number, end = file.state.bytes) => partOf(file, start, end);
      const options = { geoparquet: false, parsers: { stringFromBytes: () => undefined } };
      return new ParquetFile(file, await parquetMetadataAsync({ byteLength: file.state.bytes, slice }, options));
    } catch (error) {
      await file.close();
      throw error instanceof VitrineError ? error : damaged(path, error);
    }
  }

  /** Bytes [start, end), in an array of their own. @throws VitrineError `dataset.unreadable`, `dataset.parquet` */
  part(start: number, end: number): Promise<ArrayBuffer> {
    return partOf(this.file, start, end);
  }

  /** As hyparquet asks for it. */
  get buffer() {
    const { bytes } = this.file.state;
    return { byteLength: bytes, slice: (start: number, end = bytes) => this.part(start, end) };
  }

  /** What is said of it where it is not as its headers say. */
  damaged(cause?: unknown): VitrineError {
    return damaged(this.file.path, cause);
  }
}

async function partOf(file: OpenFile, start: number, end: number): Promise<ArrayBuffer> {
  const isInside = start >= 0 && start <= end && end <= file.state.bytes && end - start <= LARGEST_PART_BYTES;
  if (!isInside) throw damaged(file.path);
  const bytes = new Uint8Array(end - start);
  if ((await file.read(bytes, start)) < bytes.length) throw damaged(file.path);
  return bytes.buffer;
}

function damaged(path: string, cause?: unknown): VitrineError {
  return new VitrineError(
    'dataset.parquet',
    sentence`${path} is no Parquet file, or not a whole one. Fetch it or write it again.`,
    { cause },
  );
}
