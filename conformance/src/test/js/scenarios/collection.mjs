import assert from 'node:assert/strict';
import AGCollection from 'ag-collection';
import {connectedClient} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description = 'ag-collection 5 and ag-model 3 list, page, create, update and delete through crud, and see what others do';

const TYPE = 'Product';

function collection(socket, more = {}) {
  const made = new AGCollection({
    socket,
    type: TYPE,
    fields: ['name', 'price'],
    view: 'categoryView',
    viewParams: {category: 'tea'},
    viewPrimaryFields: ['category'],
    pageSize: 2,
    getCount: true,
    changeReloadDelay: 20,
    ...more,
  });
  made.errors = [];
  (async () => {
    for await (const {error} of made.listener('error')) made.errors.push(error);
  })();
  return made;
}

const names = (list) => list.value.map((product) => product.name);

export async function run({port}) {
  const seller = await connectedClient(port);
  const buyer = await connectedClient(port);
  const sold = collection(seller);
  const seen = collection(buyer);
  await eventually(() => sold.meta.isLastPage === true && seen.meta.isLastPage === true, 'the empty view');

  const first = await sold.create({category: 'tea', name: 'Assam', price: 5});
  await sold.create({category: 'tea', name: 'Oolong', price: 9});
  await sold.create({category: 'tea', name: 'Sencha', price: 7});
  await sold.create({category: 'coffee', name: 'Mocha', price: 4});
  await eventually(() => names(seen).join() === 'Assam,Oolong' && seen.meta.count === 3, 'two of three on the first page');
  assert.equal(seen.meta.isLastPage, false);

  seen.fetchNextPage();
  await eventually(() => names(seen).join() === 'Sencha' && seen.meta.isLastPage, 'the second page');
  seen.fetchPreviousPage();
  await eventually(() => names(seen).join() === 'Assam,Oolong', 'the first page again');

  await sold.update(first, {price: 6});
  await eventually(() => seen.value[0]?.price === 6, 'the price that somebody else changed');

  await sold.delete(first);
  await eventually(() => names(seen).join() === 'Oolong,Sencha', 'the list without what was deleted');

  const refused = collection(buyer, {view: 'secretView', viewParams: {category: 'x'}});
  await eventually(() => refused.errors.length > 0, 'the error of a view that does not exist');
  assert.equal(refused.errors[0].name, 'UnknownViewError');
  assert.deepEqual([...sold.errors, ...seen.errors], []);
  return 'created 4, saw pages, a change and a deletion';
}
