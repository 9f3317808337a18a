import { strict as assert } from 'node:assert';
import { joulesPerImage, publishedNetworks } from './networks';
import { diOf, energyPerPass, measuredSettings, objectiveOf } from './objective';

describe('energy per pass by M_c/DI^k', () => {
  it('is MACs over a power of DI, by hand', () => {
    assert.equal(objectiveOf(800, 4, 1), 200);
    assert.equal(objectiveOf(800, 4, 0.5), 400);
    assert.equal(objectiveOf(800, 4, 0), 800);
  });

  it('covers four fifths of the networks it was made from, grows with the objective, and says nothing far from all of them', () => {
    for (const setting of measuredSettings) {
      const within = publishedNetworks.filter(network => {
        const { joules, factor } = energyPerPass(objectiveOf(network.macs, diOf(network, 0.8), 1), setting, 0.8, 1) ?? { joules: NaN, factor: NaN };
        return Math.abs(Math.log(joulesPerImage(network, setting.device, setting.batch) / joules)) <= Math.log(factor);
      }).length / publishedNetworks.length;
      assert.ok(within >= 0.8 && within <= 0.9, `${JSON.stringify(setting)}: ${within}`);
      const [small, large] = [5e7, 15e7].map(value => energyPerPass(value, setting, 0.8, 1)?.joules);
      assert.equal(energyPerPass(1e4, setting, 0.8, 1), undefined);
      assert.equal(energyPerPass(1e12, setting, 0.8, 1), undefined);
      assert.ok(Math.abs((large ?? 0) / (small ?? 1) - 3) < 1e-9);
    }
  });
});
