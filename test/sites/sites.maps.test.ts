// Places looked at before they are saved, exports for other programs, and the communes behind them.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { twoCommunes } from '../support/factories.outlines.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aSite, squareNearLaHien } from '../support/factories.sites.ts';

type Json = Record<string, unknown>;

describe('maps of sites', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  const measure = (place: unknown, language = 'vi') =>
    app.as(owner).post('/api/v1/sites/area', { place }, { 'accept-language': language });

  before(async () => {
    app = await testApp();
    await twoCommunes(app);
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
  });
  after(() => app.close());

  describe('a place that is asked about', () => {
    // 300 m by 200 m at 21.72° north, from the radii of curvature of WGS 84.
    const [north, east] = [200 / 110_738.6, 300 / 103_482.3];
    const corners = [
      [21.72, 105.93],
      [21.72, 105.93 + east],
      [21.72 + north, 105.93 + east],
      [21.72 + north, 105.93],
    ];
    const typed = corners.map((corner) => corner.join(', ')).join('\n');

    it('has its area within 1 % of the known one, closed or not, whichever way round, with its commune', async () => {
      const backwards = typed.split('\n').reverse().join('\n');
      for (const text of [typed, backwards, `${typed}\n${typed.split('\n')[0]}`]) {
        const { status, body } = await measure(text);

        expect(status).to.equal(200);
        expect(body['areaSquareMetres']).to.be.within(59_400, 60_600);
        expect(body['problem']).to.equal(null);
        expect(body['commune']).to.deep.equal({ code: '05740', name: 'Xã La Hiên' });
      }
    });

    it('is told in the reader’s words and as it would stand in the field', async () => {
      const vi = await measure(typed);
      const en = await measure(typed, 'en');

      expect(vi.body['area']).to.match(/^6\u00A0ha \(\d\d\.\d{3}\u00A0m²\)$/);
      expect(en.body['area']).to.match(/^6\u00A0ha \(\d\d,\d{3}\u00A0m²\)$/);
      expect(String(vi.body['text']).split('\n')).to.have.length(4);
    });

    it('that is exchanged comes with the right one, and nothing is taken', async () => {
      const { body } = await measure('105.93, 21.72');

      expect(body).to.deep.include({ geometry: null, areaSquareMetres: 0, corrected: '21.72, 105.93' });
      expect(body['problem']).to.include({ code: 'place-swapped' });
    });

    it('that crosses itself says where', async () => {
      const { body } = await measure('21.72, 105.93\n21.722, 105.932\n21.72, 105.932\n21.722, 105.93');

      const problem = body['problem'] as { code: string; detail: string; at: number[] };
      expect(problem.code).to.equal('place-crossing');
      expect(problem.detail).to.contain('21.721, 105.931 (vĩ độ, kinh độ)');
      expect(problem.at[0]).to.be.closeTo(105.931, 1e-9);
      expect(body['read']).to.have.property('type', 'Polygon');
    });

    const table: { what: string; place: unknown; code: string; line?: number }[] = [
      { what: 'in the sea', place: '18.5, 108.5', code: 'place-outside' },
      { what: 'in another country', place: '17.97, 102.6', code: 'place-outside' },
      { what: 'of two corners', place: '21.72, 105.93\n21.72, 105.931', code: 'ring-too-short' },
      { what: 'with a line that is none', place: '21.72, 105.93\nx\n21.72, 105.931', code: 'place-line', line: 2 },
      { what: 'in metres of the national grid', place: '2402345 456789', code: 'place-grid' },
      { what: 'of words', place: 'xóm Mẫu', code: 'place' },
      { what: 'of nothing', place: '', code: 'place' },
      { what: 'of broken GeoJSON', place: '{"type":', code: 'place-json' },
      { what: 'of 25 000 corners', place: '21.72,1\n'.repeat(11_000), code: 'too-many-positions' },
    ];
    for (const { what, place, code, line } of table) {
      it(`${what} says so`, async () => {
        const { status, body } = await measure(place);

        expect(status).to.equal(200);
        expect(body['problem']).to.include({ code, line: line ?? null });
        expect(body['geometry']).to.equal(null);
      });
    }

    for (const body of [
      {},
      [],
      { place: 7 },
      { place: { $gt: '' } },
      { place: 'x', more: 1 },
      { place: 'a'.repeat(95_000) },
    ])
      it(`is refused as ${JSON.stringify(body).slice(0, 40)}`, async () => {
        const answer = await app.as(owner).post('/api/v1/sites/area', body);

        expect(answer.status).to.equal(422);
      });

    it('is for people who are signed in', async () => {
      const answer = await app.as(undefined).post('/api/v1/sites/area', { place: typed });

      expect(answer.status).to.equal(401);
    });
  });

  describe('an export', () => {
    it('gives a site longitude first, as a file, with its facts', async () => {
      const site = await aSite(app, { producerId, owner });

      const answer = await app.as(owner).get(`/api/v1/sites/${site.id}.geojson`);

      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.contain('application/geo+json');
      expect(answer.headers.get('content-disposition')).to.contain(`${site.id}.geojson`);
      expect(answer.body).to.deep.include({ type: 'Feature', id: site.id });
      expect(answer.body['geometry']).to.deep.equal({ type: 'Polygon', coordinates: [squareNearLaHien] });
      expect(answer.body['properties']).to.include({ name: site.name, communeCode: '05740', closedOn: null });
      expect(answer.body['properties']).to.not.have.any.keys('unnoted', 'searchWords', 'content', 'note');
    });

    it('gives all sites of a producer, more than a page of them, and of no other', async () => {
      const many = await aProducer(app, { sample: true });
      const ids: string[] = [];
      for (let count = 0; count < 103; count += 1)
        ids.push((await aSite(app, { producerId: many.producer.id, owner: many.owner })).id);

      const answer = await app.as(many.owner).get(`/api/v1/producers/${many.producer.id}/sites.geojson`);

      const features = answer.body['features'] as { id: string; properties: Json }[];
      expect(answer.body['type']).to.equal('FeatureCollection');
      expect(features.map(({ id }) => id)).to.deep.equal(ids);
      expect(features[0]?.properties['note']).to.equal('DỮ LIỆU MẪU');
    });

    it('of none is an empty collection', async () => {
      const { producer, owner: own } = await aProducer(app);

      const answer = await app.as(own).get(`/api/v1/producers/${producer.id}/sites.geojson`);

      expect(answer.body).to.deep.equal({ type: 'FeatureCollection', features: [] });
    });

    it('is for the producer’s people and the officers of the province', async () => {
      const site = await aSite(app, { producerId, owner });

      const statuses = [];
      for (const person of [owner, anOfficer('19'), anOfficer('01'), aProducerUser(uuidv7()), anAdmin(), undefined])
        statuses.push([
          (await app.as(person).get(`/api/v1/sites/${site.id}.geojson`)).status,
          (await app.as(person).get(`/api/v1/producers/${producerId}/sites.geojson`)).status,
          (await app.as(person).get(`/api/v1/producers/${producerId}/communes.geojson`)).status,
        ]);

      expect(statuses).to.deep.equal([
        [200, 200, 200],
        [200, 200, 200],
        [404, 404, 404],
        [404, 404, 404],
        [404, 404, 404],
        [401, 401, 401],
      ]);
      expect((await app.as(owner).get('/api/v1/sites/x.geojson')).status).to.equal(404);
    });
  });

  it('have the communes of the province behind them, thinned', async () => {
    const answer = await app.as(owner).get(`/api/v1/producers/${producerId}/communes.geojson`);

    const features = answer.body['features'] as { properties: Json; geometry: { coordinates: number[][][][] } }[];
    expect(features.map(({ properties }) => properties)).to.deep.equal([
      { code: '05716', name: 'Võ Nhai' },
      { code: '05740', name: 'La Hiên' },
    ]);
    expect(features[1]?.geometry.coordinates[0]?.[0]?.[0]).to.deep.equal([105.9, 21.7]);
  });

  it('have nothing behind them in a province whose outlines were not imported', async () => {
    const { producer, owner: own } = await aProducer(app, {
      parts: { address: { communeCode: '00004', communeName: 'Phường Ba Đình', provinceCode: '01', street: '' } },
    });

    const answer = await app.as(own).get(`/api/v1/producers/${producer.id}/communes.geojson`);

    expect(answer.body).to.deep.equal({ type: 'FeatureCollection', features: [] });
  });
});
