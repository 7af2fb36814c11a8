import { runningSandbox } from '../sandbox/running-sandbox.js';
import { answeringServer, answerJson } from '../support/answering.js';

/** Address of a list that has two pages of the sandbox's, and no answer after them that can be read. */
export async function listThatBreaksOff(): Promise<string> {
  const { url } = await runningSandbox();
  return answeringServer(async (request, response, number) => {
    const { authorization = '' } = request.headers;
    if (number > 2) return response.end('broken');
    const page = await fetch(url + (request.url ?? ''), { headers: { authorization } });
    return answerJson(response, await page.json());
  });
}
