/**
 * Takes the first item at once, so that whoever cannot begin fails before anything was answered. The items then come as if
 * nothing had been taken.
 */
export async function begun<Item>(items: AsyncGenerator<Item>): Promise<AsyncIterable<Item>> {
  const first = await items.next();
  return first.done === true ? items : startingWith(first.value, items);
}

async function* startingWith<Item>(first: Item, others: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield first;
  yield* others;
}
