/** `keras.applications`: the builders are the installed package's own source, run like any other; the most used ones are known without it. */
import { unknown } from '../../base/unknown';
import { entry, type LibraryEntry } from '../python/library';
import { native, type Value } from '../python/values';
import { runState } from './state';

/** Written in Python (sources/keras/applications_in_python.py), for files beside which Keras is not installed. */
const applicationsModule = 'keras.applications_in_python';

/** Module of keras/src/applications → what it offers. Source: https://keras.io/api/applications/ */
const modules: Readonly<Record<string, string>> = {
  convnext: 'ConvNeXtTiny ConvNeXtSmall ConvNeXtBase ConvNeXtLarge ConvNeXtXLarge',
  densenet: 'DenseNet121 DenseNet169 DenseNet201',
  efficientnet: 'EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4 EfficientNetB5 EfficientNetB6 EfficientNetB7',
  efficientnet_v2: 'EfficientNetV2B0 EfficientNetV2B1 EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2S EfficientNetV2M EfficientNetV2L',
  inception_resnet_v2: 'InceptionResNetV2', inception_v3: 'InceptionV3', mobilenet: 'MobileNet', mobilenet_v2: 'MobileNetV2', mobilenet_v3: 'MobileNetV3Small MobileNetV3Large',
  nasnet: 'NASNetMobile NASNetLarge', resnet: 'ResNet50 ResNet101 ResNet152', resnet_v2: 'ResNet50V2 ResNet101V2 ResNet152V2', vgg16: 'VGG16', vgg19: 'VGG19', xception: 'Xception',
};

/** The same modules under the names they have for users. */
const renamed: Readonly<Record<string, string>> = { resnet50: 'resnet', mobilenet_v3: 'mobilenet_v3', imagenet_utils: 'imagenet_utils' };

/** Nobody has the text of these builders: what they make stands where the file calls them. */
function standsWhereCalled(name: string, builder: Value): Value {
  return native(name, (args, interpreter) => {
    const state = runState(interpreter);
    const before = state.place;
    state.place = args.at;
    try {
      return interpreter.call(builder, args);
    } finally {
      state.place = before;
    }
  });
}

function fromSource(name: string, module: string, attribute: string): LibraryEntry {
  return entry(name, interpreter => {
    const at = { uri: '', span: { start: 0, end: 0 } };
    const loaded = interpreter.modules.tryImport(`keras.src.applications.${module}`, at);
    const value = loaded && interpreter.findAttribute(loaded, attribute, at);
    if (value) return value;
    const own = interpreter.modules.tryImport(applicationsModule, at);
    const written = own && interpreter.findAttribute(own, attribute, at);
    if (written) return standsWhereCalled(name, written);
    return unknown(`\`${name}\` is built by Keras' own source, which is not installed beside this file`);
  });
}

const inside = ['preprocess_input', 'decode_predictions'];

export const applicationEntries: readonly LibraryEntry[] = [
  ...Object.entries(modules).flatMap(([module, names]) => [
    ...names.split(' ').flatMap(name => [fromSource(`keras.applications.${name}`, module, name), fromSource(`keras.applications.${module}.${name}`, module, name)]),
    ...inside.map(name => fromSource(`keras.applications.${module}.${name}`, module, name)),
  ]),
  ...Object.entries(renamed).flatMap(([name, module]) =>
    [...(modules[module]?.split(' ') ?? []), ...inside].map(attribute => fromSource(`keras.applications.${name}.${attribute}`, module, attribute))),
];
