import { classify } from './classify';
import { clausesOf } from './clauses';
import { localeOf } from './locale';
import { featuresOf } from './model/features';
import type { Opinion } from './model/ngrams';
import type { TrainedModel } from './model/train';
import { loadNlpjs } from './nlpjs/file';
import type { NlpjsVoice } from './nlpjs/voice';
import { ruled } from './rules';
import { normalise } from './text/normalise';
import { loadTrained, nlpjsFile } from './trained';

const NAMES: Record<string, string> = {
  w: 'word',
  s: 'sounds like',
  b: 'pair',
  t: 'pair sounding like',
  k: 'around',
  c: 'letters',
  m: 'meaning',
  p: 'meanings',
  n: 'length up to',
};

/**
 * Why a line was understood as it was, in lines of text for a terminal. Loads the trained model and nlp.js as the product does; sentence
 * embeddings, which take a while to start, are not asked.
 */
export function explain(
  text: string,
  model: TrainedModel = loadTrained(undefined),
  nlpjs: NlpjsVoice | undefined = loadNlpjs(nlpjsFile(), model.digest),
): string {
  const line = normalise(text);
  const voice = nlpjs?.voice(line);
  const found = classify(model, line, voice ? [voice] : []);
  const rule = ruled(line, []);
  const out = [`read as    ${line || '(nothing)'}`, `language   ${localeOf(text, model.tongues, undefined)}`];
  if (rule) out.push(`rule       ${rule}: decided before the models`);
  out.push(
    `decided by ${rule ? 'rule' : found.decidedBy}`,
    `accepted   ${rule !== undefined || found.accepted ? 'yes' : 'no'} (score ${found.score.toFixed(3)}, needed ${model.acceptance.threshold.toFixed(3)}; out of scope ${percent(found.outside)}, unknown words ${percent(found.unknown)})`,
  );
  for (const guess of found.ranked) out.push(`  ${guess.score.toFixed(3)} ${guess.intent}`);
  for (const { by, opinion, weight } of found.opinions) out.push(voiceLine(by, weight, opinion));
  if (!voice) out.push('nlp.js     silent (no saved model, or nothing in the line it knows)');
  const best = found.ranked[0]?.intent;
  if (best) out.push(`for ${best}:`, ...weightsFor(model, text, best));
  for (const clause of clausesOf(text)) {
    const part = classify(model, normalise(clause));
    out.push(`part "${clause}": ${part.ranked[0]?.intent ?? 'nothing'} ${part.score.toFixed(3)}`);
  }
  return out.join('\n');
}

function voiceLine(by: string, weight: number, { ranked, outside }: Opinion): string {
  const best = ranked.slice(0, 2).map(({ intent, score }) => `${intent} ${percent(score)}`);
  return `${by.padEnd(10)} ${percent(weight)} of the say: ${best.join(', ')}, out of scope ${percent(outside)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function weightsFor(model: TrainedModel, text: string, intent: string): string[] {
  const { ngrams } = model;
  const k = ngrams.classes.length;
  const at = ngrams.classes.indexOf(intent);
  const names = new Map<number, string>();
  const features = featuresOf(text, (bucket, name) => names.set(bucket, name));
  const pushes = [...features.buckets].flatMap((bucket, i) => {
    const row = ngrams.rows[bucket] ?? -1;
    if (row < 0) return [];
    let mean = 0;
    for (let c = 0; c < k; c++) mean += (ngrams.weights[row * k + c] ?? 0) / k;
    return [
      {
        name: names.get(bucket) ?? '',
        push: ((ngrams.weights[row * k + at] ?? 0) - mean) * (features.values[i] ?? 0),
      },
    ];
  });
  return pushes
    .sort((a, b) => Math.abs(b.push) - Math.abs(a.push))
    .slice(0, 12)
    .map(
      ({ name, push }) =>
        `  ${push >= 0 ? '+' : '-'}${Math.abs(push).toFixed(2)} ${NAMES[name.charAt(0)] ?? ''} "${name.slice(2)}"`,
    );
}
