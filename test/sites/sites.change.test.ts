// Changing a site: history, conflicts, closing, and what a repeated request gives.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { auditModel } from '../../src/audit/audit.ts';
import { siteModel } from '../../src/sites/sites.model.ts';
import { openSites } from '../../src/sites/sites.service.ts';
import type { Site } from '../../src/sites/sites.types.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aSite, newSiteJson, squareNearLaHien } from '../support/factories.sites.ts';

type Json = Record<string, unknown>;

const bodyOf = (site: Site, parts: Json = {}): Json => {
  const { name, kind, geometry, plantingAreaCode, communeCode, communeName, publicPrecision, version } = site;
  const facts = { name, kind, plantingAreaCode, communeCode, communeName, publicPrecision, version };
  return { ...facts, geometry: { type: geometry.type, coordinates: geometry.coordinates }, ...parts };
};

const half = {
  type: 'Polygon',
  coordinates: [
    [
      [105.93, 21.72],
      [105.931, 21.72],
      [105.931, 21.721],
    ],
  ],
};

describe('a change of a site', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  let site: Site;
  const put = (person: Actor | undefined, id: string, body: unknown): Promise<ApiAnswer> =>
    app.as(person).put(`/api/v1/sites/${id}`, Buffer.from(JSON.stringify(body)), 'application/json');
  const history = async (person: Actor = owner) =>
    (await app.as(person).get(`/api/v1/sites/${site.id}/history`)).body['items'] as Json[];

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
    site = await aSite(app, { producerId, owner });
  });

  it('stores the new outline with its area, closed, and notes who changed what', async () => {
    const answer = await put(owner, site.id, bodyOf(site, { name: 'Vườn na mới', geometry: half }));

    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ name: 'Vườn na mới', version: 2 });
    expect(answer.body['areaSquareMetres']).to.be.within(5_700, 5_750);
    expect((answer.body['geometry'] as { coordinates: number[][][] }).coordinates[0]).to.have.length(4);
    const [note] = await history();
    expect(note).to.include({ what: 'site-changed', byUserId: owner.userId });
    expect(note?.['before']).to.deep.include({ name: 'Vườn na đầu xóm', areaSquareMetres: site.areaSquareMetres });
    expect(note?.['after']).to.deep.include({ name: 'Vườn na mới' });
    expect(note?.['after']).to.have.property('geometry');
    expect(await siteModel(app.db).countDocuments({ unnoted: { $exists: true, $ne: [] } } as never)).to.equal(0);
  });

  it('of a household keeps no earlier place in the log, only that it changed', async () => {
    const home = await aProducer(app, { parts: { kind: 'household' } });
    const plot = await aSite(app, { producerId: home.producer.id, owner: home.owner });

    await put(home.owner, plot.id, bodyOf(plot, { geometry: half }));

    const note = await auditModel(app.db).findOne({ recordId: plot.id }).lean();
    expect(note?.before?.['geometry']).to.deep.equal({ kept: false });
    expect(note?.after?.['geometry']).to.deep.equal({ kept: false });
    expect(note?.after?.['areaSquareMetres']).to.be.a('number');
  });

  it('to what is stored already changes nothing and leaves no note', async () => {
    const answer = await put(owner, site.id, bodyOf(site));

    expect(answer.status).to.equal(200);
    expect(answer.body['version']).to.equal(1);
    expect(await history()).to.deep.equal([]);
  });

  it('sent three times at once counts once', async () => {
    const body = bodyOf(site, { name: 'Vườn na mới' });

    const answers = await Promise.all([1, 2, 3].map(() => put(owner, site.id, body)));

    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    expect(await history()).to.have.length(1);
  });

  it('of what somebody else has changed meanwhile is refused with both', async () => {
    await put(owner, site.id, bodyOf(site, { name: 'Tên của người khác' }));

    const answer = await put(owner, site.id, bodyOf(site, { name: 'Tên của tôi' }));

    expect(answer.status).to.equal(409);
    expect(answer.body['existing']).to.include({ name: 'Tên của người khác', version: 2 });
    expect(answer.body['sent']).to.include({ name: 'Tên của tôi' });
  });

  it('closes it from a day on, so that new batches can’t choose it, and opens it again', async () => {
    const other = await aSite(app, { producerId, owner });

    const closed = await put(owner, site.id, bodyOf(site, { closedOn: '2026-09-04' }));
    const whileClosed = await openSites(app.db, producerId);
    const opened = await put(owner, site.id, bodyOf(site, { version: 2 }));

    expect(closed.body).to.include({ closedOn: '2026-09-04', version: 2 });
    expect(whileClosed.map(({ id }) => id)).to.deep.equal([other.id]);
    expect(opened.body).to.not.have.property('closedOn');
    expect((await openSites(app.db, producerId)).map(({ id }) => id)).to.deep.equal([other.id, site.id]);
    expect((await history()).map(({ after }) => after)).to.deep.equal([{ closedOn: null }, { closedOn: '2026-09-04' }]);
  });

  it('leaves a repeated making of the site what it was: the stored one, not a conflict', async () => {
    const sent = newSiteJson();
    const path = `/api/v1/producers/${producerId}/sites`;
    const made = await app.as(owner).post(path, sent);
    const stored = { ...made.body, createdAt: new Date() } as unknown as Site;
    await put(owner, String(sent['id']), bodyOf(stored, { name: 'Tên mới' }));

    const again = await app.as(owner).post(path, sent);
    const different = await app.as(owner).post(path, { ...sent, name: 'Tên mới' });

    expect(again.status).to.equal(201);
    expect(again.body).to.include({ name: 'Tên mới', version: 2 });
    expect(different.status).to.equal(409);
  });

  it('names its commune as the register does, and refuses a name of another code', async () => {
    const named = await put(owner, site.id, bodyOf(site, { communeCode: '05716', communeName: 'vo nhai' }));
    const wrong = await put(owner, site.id, bodyOf(site, { version: 2, communeName: 'Xã Côn Minh' }));

    expect(named.body).to.include({ communeCode: '05716', communeName: 'Xã Võ Nhai' });
    expect(wrong.status).to.equal(422);
    expect(wrong.body['errors']).to.have.nested.property('[0].code', 'commune-differs');
  });

  it('is for the producer’s own people; its history for the officers of the province too', async () => {
    const people = [owner, anOfficer('19'), anOfficer('01'), aProducerUser(uuidv7()), anAdmin(), undefined];
    const statuses = [];
    for (const person of people)
      statuses.push([
        (await put(person, site.id, bodyOf(site))).status,
        (await app.as(person).get(`/api/v1/sites/${site.id}/history`)).status,
      ]);

    expect(statuses).to.deep.equal([
      [200, 200],
      [403, 200],
      [404, 404],
      [404, 404],
      [404, 404],
      [401, 401],
    ]);
  });

  const square = { type: 'Polygon', coordinates: [squareNearLaHien] };
  const table: { what: string; parts: Json; pointer: string; code?: string }[] = [
    { what: 'no version', parts: { version: undefined }, pointer: '/version', code: 'required' },
    { what: 'version 0', parts: { version: 0 }, pointer: '/version' },
    { what: 'a text for the version', parts: { version: '1' }, pointer: '/version' },
    { what: 'no name', parts: { name: undefined }, pointer: '/name', code: 'required' },
    { what: 'an empty name', parts: { name: ' ' }, pointer: '/name', code: 'required' },
    { what: 'a name of 81 letters', parts: { name: 'a'.repeat(81) }, pointer: '/name', code: 'too-long' },
    { what: 'a query operator for the name', parts: { name: { $gt: '' } }, pointer: '/name' },
    { what: 'NUL in the name', parts: { name: 'a\u0000' }, pointer: '/name', code: 'characters' },
    { what: 'a kind that is none', parts: { kind: 'field' }, pointer: '/kind', code: 'choice' },
    { what: 'no geometry', parts: { geometry: undefined }, pointer: '/geometry' },
    {
      what: 'a place exchanged',
      parts: { geometry: { type: 'Point', coordinates: [21.72, 105.93] } },
      pointer: '/geometry',
      code: 'place-swapped',
    },
    {
      what: 'a place in the sea',
      parts: { geometry: { type: 'Point', coordinates: [108.5, 18.5] } },
      pointer: '/geometry',
      code: 'place-outside',
    },
    { what: 'three digits for the commune', parts: { communeCode: '574' }, pointer: '/communeCode' },
    { what: 'a code of 41 letters', parts: { plantingAreaCode: 'a'.repeat(41) }, pointer: '/plantingAreaCode' },
    { what: 'two lines of code', parts: { plantingAreaCode: 'a\nb' }, pointer: '/plantingAreaCode', code: 'one-line' },
    { what: 'an impossible day', parts: { closedOn: '2026-02-30' }, pointer: '/closedOn', code: 'day' },
    { what: 'an empty day', parts: { closedOn: '' }, pointer: '/closedOn', code: 'day' },
    { what: 'a day to come', parts: { closedOn: '2026-09-05' }, pointer: '/closedOn', code: 'not-after-today' },
    { what: 'a precision that is none', parts: { publicPrecision: 'exact' }, pointer: '/publicPrecision' },
    { what: 'an area of its own', parts: { areaSquareMetres: 7 }, pointer: '/areaSquareMetres', code: 'unknown' },
    { what: 'another producer', parts: { producerId: uuidv7() }, pointer: '/producerId', code: 'unknown' },
  ];
  for (const { what, parts, pointer, code } of table) {
    it(`refuses ${what}, and changes nothing`, async () => {
      const answer = await put(owner, site.id, bodyOf(site, { geometry: square, ...parts }));

      expect(answer.status).to.equal(422);
      const errors = answer.body['errors'] as { pointer: string; code: string }[];
      const fault = errors.find((one) => one.pointer === pointer);
      expect(fault, JSON.stringify(errors)).to.not.equal(undefined);
      if (code !== undefined) expect(fault?.code).to.equal(code);
      expect((await siteModel(app.db).findById(site.id).lean())?.version).to.equal(1);
    });
  }

  it('of what is not there, or of no id, is 404', async () => {
    const statuses = [];
    for (const id of [uuidv7(), 'x', '%00', '{"$gt":""}']) statuses.push((await put(owner, id, bodyOf(site))).status);

    expect(statuses).to.deep.equal([404, 404, 404, 404]);
  });
});
