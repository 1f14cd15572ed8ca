import type { Deps } from '../../../server/flows/deps.ts';
import { createPostman, type Postman } from '../../../server/flows/postman.ts';
import { type TestApp, withApp } from '../../helpers/app.ts';
import { catchMails, type MailCatcher } from './mail-catcher.ts';

export interface MessagesTest extends TestApp {
  readonly mails: MailCatcher;
  readonly postman: Postman;
}

/** The application with a worker that sends only when the test says so: `postman.drain()`. Mails are caught unless another mailer is plugged in. */
export async function withMessages(use: (test: MessagesTest) => Promise<void>, parts: Partial<Deps> = {}): Promise<void> {
  const mails = catchMails();
  await withApp(
    async (test) => {
      const failures: unknown[] = [];
      const postman = createPostman(test.deps, (error) => failures.push(error));
      await use({ ...test, mails, postman });
      if (failures.length > 0) throw failures[0];
    },
    {},
    { mailer: mails, luck: () => 0, ...parts },
  );
}
