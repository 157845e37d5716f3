import { DIALOGS_VERSION, scripts } from '../../dialogs/index';

test('the steps and questions of every dialog are those of this dialogs version', () => {
  const shape = Object.fromEntries(
    scripts.map(({ name, steps, questions }) => [
      name,
      { steps: Object.keys(steps), questions: Object.keys(questions) },
    ]),
  );
  // When this fails: bump DIALOGS_VERSION in dialogs/index.ts, then update the snapshot. Conversations in progress are stored with
  // step numbers, so changed steps under an unchanged version would go on at the wrong place.
  expect({ version: DIALOGS_VERSION, shape }).toMatchSnapshot();
});
