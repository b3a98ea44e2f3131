// The thread of the drivers of one file: workerData. A message is { number, driver, base }; the answer is { number, seen, error }.
import { parentPort, workerData } from 'node:worker_threads';

// What an SDK throws where its user cannot catch it is told, and costs only that SDK's result.
process.on('uncaughtException', (error) => console.error(`${workerData}: threw where nobody can catch it:`, error));
process.on('unhandledRejection', (error) => console.error(`${workerData}: rejected where nobody can catch it:`, error));

console.warn = () => {}; // some SDKs have advice for their users
const { drivers } = await import(`./drivers/${workerData}`);

// An SDK may throw anything.
const describe = (error) => ({
    name: (error?.name === 'Error' ? undefined : error?.name) ?? error?.constructor?.name ?? 'nothing',
    status: Number(error?.status ?? error?.statusCode ?? error?.lastError?.statusCode ?? 0),
    message: String(error?.message ?? error?.errorText ?? error),
});

parentPort.on('message', async ({ number, driver, base }) => {
    const seen = { text: '', args: '', events: [] };
    let error = null;
    try {
        await drivers.find(({ name }) => name === driver).read(base, seen);
    } catch (thrown) {
        error = describe(thrown);
    }
    parentPort.postMessage({ number, error, seen });
});
parentPort.postMessage({ drivers: drivers.map(({ read, ...rest }) => rest) });
setInterval(() => parentPort.postMessage({}), 1000); // a sign of life
