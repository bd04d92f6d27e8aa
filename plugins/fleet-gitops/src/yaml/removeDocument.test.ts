import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { removeDocument } from './removeDocument';

const values = (text: string) =>
  parseAllDocuments(text).map(document => (document as any).toJS());

describe('removeDocument', () => {
  it('leaves all other documents as they were, byte for byte', () => {
    const document = fc
      .tuple(
        fc.constantFrom('', '# a comment\n', '\n'),
        fc.constantFrom(
          'a: 1\n',
          'text: |\n  --- no marker\n  x\n',
          '- x\n- y\n',
          'b: "---"\n',
        ),
      )
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(
        fc.array(document, { minLength: 2, maxLength: 4 }),
        fc.boolean(),
        fc.nat({ max: 3 }),
        (documents, hasFirstMarker, at) => {
          const index = at % documents.length;
          const join = (parts: string[]) => parts.join('---\n');
          const marker = hasFirstMarker ? '---\n' : '';
          const text = marker + join(documents);
          const left = removeDocument(text, index, 'f.yaml')!;
          const others = documents.filter(
            (_document, other) => other !== index,
          );
          expect(values(left)).toEqual(others.flatMap(other => values(other)));
          for (const other of others) expect(left).toContain(other);
        },
      ),
    );
  });

  it('has nothing left of a file with one document', () => {
    expect(removeDocument('# x\n---\na: 1\n', 0, 'f.yaml')).toBeUndefined();
  });
});
