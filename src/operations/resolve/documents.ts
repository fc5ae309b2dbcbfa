// The documents of a manifest, with the name of their source in every complaint.
import {messageOf} from '../../base/errors.ts';
import {askedWrong} from './info.ts';

/** Documents of a text, empty ones left out. Throws what kubectl says about the first that cannot be read. */
export async function* readDocuments(text: string, source: string): AsyncGenerator<unknown> {
  const documents = await import('../../base/yaml/documents.ts');
  try {
    yield* documents.readDocuments(text);
  } catch (error) {
    throw askedWrong(`error parsing ${source}: ${messageOf(error)}`);
  }
}
