// Sites through the API and the form: K27 at both doors, scope, repeated requests, broken input.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { siteModel } from '../../src/sites/sites.model.ts';
import { sitesByIds } from '../../src/sites/sites.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aSite, newSiteJson, squareNearLaHien } from '../support/factories.sites.ts';

describe('sites', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  let path: string;
  const stored = () => siteModel(app.db).countDocuments();

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
    path = `/api/v1/producers/${producerId}/sites`;
  });

  describe('API', () => {
    it('marks an orchard, works its area out and shows the commune only unless told otherwise', async () => {
      const sent = newSiteJson();

      const answer = await app.as(owner).post(path, sent);

      expect(answer.status).to.equal(201);
      expect(answer.headers.get('location')).to.equal(`/api/v1/sites/${String(sent['id'])}`);
      expect(answer.body).to.include({ publicPrecision: 'commune', communeCode: '05740', producerId, version: 1 });
      expect(answer.body['areaSquareMetres']).to.be.within(11_400, 11_500);
      expect(answer.body['geometry']).to.deep.equal({ type: 'Polygon', coordinates: [squareNearLaHien] });
    });

    it('refuses an exchanged place with the corrected one, and takes that one when it is sent', async () => {
      const swapped = { type: 'Point', coordinates: [21.72, 105.93] };

      const refused = await app.as(owner).post(path, newSiteJson({ geometry: swapped }));
      const taken = await app.as(owner).post(path, newSiteJson({ geometry: refused.body['corrected'] }));

      expect(refused.status).to.equal(422);
      expect(refused.body['errors']).to.have.nested.property('[0].code', 'place-swapped');
      expect(taken.status).to.equal(201);
      expect(taken.body['geometry']).to.deep.equal({ type: 'Point', coordinates: [105.93, 21.72] });
    });

    it('stores the same site sent three times at once only once', async () => {
      const sent = newSiteJson();
      const before = await stored();

      const answers = await Promise.all([1, 2, 3].map(() => app.as(owner).post(path, sent)));

      expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
      for (const { body } of answers) expect(body).to.deep.equal(answers[0]?.body);
      expect(await stored()).to.equal(before + 1);
    });

    it('refuses other content under a known id, to strangers without showing it', async () => {
      const sent = newSiteJson();
      await app.as(owner).post(path, sent);
      const other = await aProducer(app);

      const own = await app.as(owner).post(path, { ...sent, name: 'Vườn khác' });
      const foreign = await app.as(other.owner).post(`/api/v1/producers/${other.producer.id}/sites`, sent);

      expect([own.status, foreign.status]).to.deep.equal([409, 409]);
      expect(own.body['existing']).to.include({ name: 'Vườn na đầu xóm' });
      expect(foreign.body).to.not.have.any.keys('existing', 'sent');
    });

    it('is for the producer’s own people to mark, and absent for everybody outside its scope', async () => {
      const site = await aSite(app, { producerId });

      const people = [owner, anOfficer('19'), anOfficer('01'), aProducerUser(uuidv7()), anAdmin(), undefined];
      const statuses = [];
      for (const person of people)
        statuses.push([
          (await app.as(person).post(path, newSiteJson())).status,
          (await app.as(person).get(path)).status,
          (await app.as(person).get(`/api/v1/sites/${site.id}`)).status,
        ]);

      expect(statuses).to.deep.equal([
        [201, 200, 200],
        [403, 200, 200],
        [404, 404, 404],
        [404, 404, 404],
        [404, 404, 404],
        [401, 401, 401],
      ]);
    });

    it('lists page by page, newest first', async () => {
      const made = [];
      for (let count = 0; count < 3; count += 1) made.unshift((await aSite(app, { producerId })).id);

      const first = await app.as(owner).get(`${path}?limit=2`);
      const second = await app.as(owner).get(`${path}?limit=2&after=${String(first.body['next'])}`);

      const ids = [first, second].flatMap(({ body }) => (body['items'] as { id: string }[]).map(({ id }) => id));
      expect(ids).to.deep.equal(made);
      expect(second.body['next']).to.equal(null);
    });

    it('gives other services the sites in the order asked for', async () => {
      const one = await aSite(app, { producerId });
      const two = await aSite(app, { producerId });

      const found = await sitesByIds(app.db, [two.id, uuidv7(), one.id]);

      expect(found.map(({ id }) => id)).to.deep.equal([two.id, one.id]);
    });

    const point = (...coordinates: unknown[]) => ({ type: 'Point', coordinates });
    const table = [
      ...badInputs(newSiteJson, 'name'),
      { what: 'a kind that is none', body: newSiteJson({ kind: 'field' }), status: 422, pointer: '/kind' },
      { what: 'no geometry', body: newSiteJson({ geometry: undefined }), status: 422, pointer: '/geometry' },
      {
        what: 'a text for a geometry',
        body: newSiteJson({ geometry: '21.72, 105.93' }),
        status: 422,
        pointer: '/geometry',
      },
      {
        what: 'a line for a place',
        body: newSiteJson({ geometry: { type: 'LineString', coordinates: squareNearLaHien } }),
        status: 422,
        pointer: '/geometry/type',
      },
      {
        what: 'a query operator for coordinates',
        body: newSiteJson({ geometry: { type: 'Point', coordinates: { $gt: '' } } }),
        status: 422,
        pointer: '/geometry/coordinates',
      },
      {
        what: 'a text among the numbers',
        body: newSiteJson({ geometry: point('105.93', 21.72) }),
        status: 422,
        pointer: '/geometry/coordinates/0',
      },
      {
        what: 'one number for a position',
        body: newSiteJson({ geometry: point(105.93) }),
        status: 422,
        pointer: '/geometry/coordinates',
      },
      {
        what: 'a number beyond all numbers',
        body: JSON.stringify(newSiteJson({ geometry: point(105.93, 21.72) })).replace('21.72', '1e999'),
        status: 422,
        pointer: '/geometry/coordinates/1',
      },
      {
        what: 'a polygon without rings',
        body: newSiteJson({ geometry: { type: 'Polygon', coordinates: [] } }),
        status: 422,
        pointer: '/geometry/coordinates',
      },
      {
        what: 'a place in the sea',
        body: newSiteJson({ geometry: point(108.5, 18.5) }),
        status: 422,
        pointer: '/geometry',
      },
      {
        what: 'more positions than 2000',
        body: newSiteJson({
          geometry: { type: 'Polygon', coordinates: [Array.from({ length: 2500 }, () => [105.9, 21.7])] },
        }),
        status: 422,
        pointer: '/geometry',
      },
      {
        what: 'a precision that is none',
        body: newSiteJson({ publicPrecision: 'exact' }),
        status: 422,
        pointer: '/publicPrecision',
      },
    ];
    for (const bad of table) {
      it(`refuses ${bad.what} with ${bad.status} and stores nothing`, async () => {
        const before = await stored();

        await expectRefused(app.as(owner), path, bad);

        expect(await stored()).to.equal(before);
      });
    }
  });

  describe('form', () => {
    const form = (parts: Record<string, string> = {}) => ({
      id: uuidv7(),
      producerId,
      name: 'Nương sau nhà',
      kind: 'plot',
      geometry: '21.72, 105.93',
      communeCode: '05740',
      communeName: 'Xã La Hiên',
      publicPrecision: 'commune',
      ...parts,
    });

    it('is there empty, with the producer’s commune filled in', async () => {
      const page = await app.as(owner).page('/app/sites/new');

      expect(page.status).to.equal(200);
      expect(page.text).to.contain('value="05740"').and.contain('value="Xã La Hiên"');
    });

    it('takes a point as map programs copy it and shows it in the list', async () => {
      const answer = await app.as(owner).postForm('/app/sites', form({ geometry: '21°43\'12.0"N 105°55\'48.0"E' }));
      const list = await app.as(owner).page('/app/sites');

      expect(answer.status).to.equal(303);
      expect(list.text).to.contain('Nương sau nhà').and.contain('chỉ tên xã');
    });

    it('takes GeoJSON as drawing programs copy it', async () => {
      const geometry = JSON.stringify({
        type: 'Feature',
        properties: {},
        geometry: { type: 'Polygon', coordinates: [squareNearLaHien] },
      });

      const answer = await app.as(owner).postForm('/app/sites', form({ geometry }));
      const list = await app.as(owner).page('/app/sites');

      expect(answer.status).to.equal(303);
      expect(list.text).to.contain('1,1\u00A0ha');
    });

    it('offers to turn an exchanged pair round, keeps what was typed, and does it only when told', async () => {
      const before = await stored();

      const refused = await app.as(owner).postForm('/app/sites', form({ geometry: '105.93, 21.72' }));
      const between = await stored();
      const taken = await app.as(owner).postForm('/app/sites', form({ geometry: '105.93, 21.72', swapped: 'yes' }));

      expect(refused.status).to.equal(422);
      expect(refused.text)
        .to.contain('data-test="swap"')
        .and.contain('21.72, 105.93 (vĩ độ, kinh độ)')
        .and.contain('105.93, 21.72</textarea>');
      expect(between).to.equal(before);
      expect(taken.status).to.equal(303);
      const newest = await siteModel(app.db).findOne().sort({ _id: -1 }).lean();
      expect(newest?.geometry).to.deep.equal({ type: 'Point', coordinates: [105.93, 21.72] });
    });

    for (const geometry of ['xóm Mẫu', '{"type":"Polygon","coordinates":[[["a"]]]}', '{"type":', '']) {
      it(`comes back with what was typed when the place is ${geometry === '' ? 'left out' : geometry}`, async () => {
        const before = await stored();

        const answer = await app.as(owner).postForm('/app/sites', form({ geometry }));

        expect(answer.status).to.equal(422);
        expect(answer.text).to.contain('id="geometry-error"').and.contain('value="Nương sau nhà"');
        expect(answer.text).to.not.contain('data-test="swap"');
        expect(await stored()).to.equal(before);
      });
    }

    it('does not write in the name of another producer', async () => {
      const other = await aProducer(app);

      const answer = await app.as(owner).postForm('/app/sites', form({ producerId: other.producer.id }));

      expect(answer.status).to.equal(404);
    });

    it('shows names with markup as text', async () => {
      await aSite(app, { producerId, parts: { name: '<b>Vườn</b> {{constructor}} "><img src=x onerror=alert(1)>' } });

      const list = await app.as(owner).page('/app/sites');

      expect(list.text).to.contain('&lt;b&gt;Vườn&lt;/b&gt; {{constructor}} &quot;&gt;&lt;img src');
      expect(list.text).to.not.contain('<img src=x');
    });

    it('asks a stranger to sign in and refuses who has no organisation', async () => {
      const stranger = await app.as(undefined).page('/app/sites/new');
      const officer = await app.as(anOfficer()).page('/app/sites/new');

      expect([stranger.status, officer.status]).to.deep.equal([303, 403]);
    });
  });
});
