// The changes themselves, oldest first. Never change or take one away that was released; add the next at the end. Each must be harmless when it runs
// again from the middle.
import type mongoose from 'mongoose';

export type Migration = { what: string; run(store: mongoose.mongo.Db): Promise<void> };

// Crockford's base 32, lower case, of the last 50 bits of the id: the key that ends the address of a product's public page.
const keyOfId = (id: string): string => {
  const symbols = '0123456789abcdefghjkmnpqrstvwxyz';
  let rest = BigInt(`0x${id.replaceAll('-', '')}`) & ((1n << 50n) - 1n);
  let key = '';
  for (let place = 0; place < 10; place += 1) {
    key = symbols.charAt(Number(rest & 31n)) + key;
    rest >>= 5n;
  }
  return key;
};

const givePublicKeys = async (store: mongoose.mongo.Db): Promise<void> => {
  const products = store.collection<{ _id: string }>('products');
  for await (const { _id } of products.find({ publicKey: { $exists: false } }, { projection: { _id: 1 } }))
    await products.updateOne({ _id, publicKey: { $exists: false } }, { $set: { publicKey: keyOfId(_id) } });
};

export const migrations: readonly Migration[] = [
  { what: 'every product has the key of its public page', run: givePublicKeys },
];
