import fc from 'fast-check';
import { expect, it } from 'vitest';
import { elementTexts } from './element-texts.ts';

it('gives each element as it is written', () => {
  const json =
    '{"a":["no"],"x":{"data":[0]},"data":[ {"n":1.10,"big":12345678901234567890,"t":"],[\\"{"} ,[1,[2]], "" ,null],"b":[3]}';
  expect(elementTexts(json, 'data')).toEqual([
    '{"n":1.10,"big":12345678901234567890,"t":"],[\\"{"}',
    '[1,[2]]',
    '""',
    'null',
  ]);
});

it.each(['{}', '{"data":{}}', '{"data":[]}', '{"data":"[1]"}', '[[1]]'])('finds none in %s', (json) => {
  expect(elementTexts(json, 'data')).toEqual([]);
});

it('gives texts that say what the elements are, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (elements, other) => {
      const texts = elementTexts(JSON.stringify({ other, data: elements, more: other }), 'data');
      expect(texts.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(elements)));
    }),
  );
});
