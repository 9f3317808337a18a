import { strict as assert } from 'node:assert';
import { joulesPerImage, publishedNetworks } from './networks';
import { isComparable, neighboursOf, placementOf, placementText, rankedBy, type Placeable } from './placement';

const model = (di: number, more: Partial<Placeable> = {}): Placeable => ({ convention: 'paper', status: 'exact', alpha: 0.8, batch: 1, di, activationReuse: 60, ...more });

describe('the model among the published networks', () => {
  it('knows 25 networks with their measured energy', () => {
    assert.equal(publishedNetworks.length, 25);
    const resNet = publishedNetworks.find(network => network.name === 'ResNet-50');
    assert.ok(resNet);
    // 27.3 W for 15.47 ms; 43.5 W for 23.6 ms and four images.
    assert.ok(Math.abs(joulesPerImage(resNet, 'P100', 1) - 0.42233) < 1e-4);
    assert.ok(Math.abs(joulesPerImage(resNet, 'P100', 4) - 0.25665) < 1e-4);
  });

  it('goes from MobileNet-V2 to VGG-16 in DI', () => {
    const names = rankedBy('di', 0.8).map(each => each.network.name);
    assert.deepEqual([names[0], names.at(-1)], ['MobileNet-V2', 'VGG-16']);
  });

  it('names the neighbours on both sides', () => {
    assert.equal(placementText(model(25)), 'DI 25: between ResNet-50 (24.1) and ResNext101-32x4d (28.1) of 25 published networks');
    assert.equal(placementText(model(2.5)), 'DI 2.5: below MobileNet-V2 (8.72), the lowest of 25 published networks');
    assert.equal(placementText(model(500)), 'DI 500: above VGG-16 (113), the highest of 25 published networks');
    const [lowest] = rankedBy('di', 0.8);
    assert.equal(placementText(model(lowest?.di ?? 0)), 'DI 8.72: the same as MobileNet-V2 (8.72) of 25 published networks');
  });

  it('lists each neighbour once', () => {
    const placement = placementOf(model(25, { activationReuse: 83 }));
    assert.ok(isComparable(placement));
    // By M_c/A, 83 stands between ResNet-50 (82.8) and XceptionNet (84.8).
    assert.deepEqual(neighboursOf(placement).map(each => each.network.name), ['ResNet-50', 'ResNext101-32x4d', 'XceptionNet']);
  });

  it('follows α on both sides of the comparison', () => {
    const placement = placementOf(model(100, { alpha: 0 }));
    assert.ok(isComparable(placement));
    // At α = 0 DI is M_c/W / 4: DenseNet-121 386 / 4 = 96.5, 1.0-G-SqNxt-23 406 / 4 = 101.6.
    assert.deepEqual([placement.di.below?.network.name, placement.di.above?.network.name], ['DenseNet-121', '1.0-G-SqNxt-23']);
  });

  it('compares only what is counted alike, and says what is not', () => {
    assert.match(placementText(model(25, { convention: 'graph' })) ?? '', /^Not placed among the 25 published networks: .*convention paper.*graph/);
    assert.match(placementText(model(25, { status: 'lower-bound' })) ?? '', /lower bounds/);
    assert.match(placementText(model(25, { batch: 4 })) ?? '', /batch 4/);
    assert.equal(placementText(model(25, { status: 'failed' })), undefined);
    assert.equal(placementOf(model(0)), undefined);
    assert.equal(placementOf({ ...model(25), di: null }), undefined);
  });
});
