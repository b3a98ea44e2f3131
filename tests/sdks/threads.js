// Runs drivers in threads, one for each file of drivers. A driver that does not end costs its own result. A thread that an SDK never gives
// back is replaced, and what was under way in it starts again, one after the other, so that only the culprit is found guilty.
import { Worker } from 'node:worker_threads';

const STUCK = 10000; // ms without a sign of life: generous, as the machine may be busy
const AT_ONCE = 24;

export class Thread {
    constructor(file) {
        Object.assign(this, { file, queue: [], running: new Map(), last: 0, atOnce: AT_ONCE });
        this.begin();
        setInterval(() => this.look(), 1000).unref();
    }

    begin() {
        this.heard = Date.now();
        this.worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: this.file });
        this.drivers = new Promise((resolve, reject) => {
            this.worker.on('error', reject);
            this.worker.on('message', (message) => {
                this.heard = Date.now();
                if (message.drivers)
                    resolve(message.drivers);
                else if (message.number)
                    this.end(message);
            });
        });
    }

    // Resolves to { key, seen, error }, or to { key, isHung: true } after `limit` ms. newKey() gives a key that nobody used, and base(key) the
    // URL of the experiment.
    run(driver, base, newKey, limit) {
        return new Promise((resolve) => {
            this.queue.push({ driver, base, newKey, limit, resolve });
            this.pump();
        });
    }

    async pump() {
        await this.drivers;
        while (this.running.size < this.atOnce && this.queue.length > 0)
            this.start(this.queue.shift());
    }

    start(job) {
        const number = ++this.last;
        job.key = job.newKey();
        job.timer = setTimeout(() => this.end({ number, isHung: true }), job.limit);
        this.running.set(number, job);
        this.worker.postMessage({ number, driver: job.driver, base: job.base(job.key) });
    }

    end({ number, ...result }) {
        const job = this.running.get(number);
        if (!job)
            return;
        clearTimeout(job.timer);
        this.running.delete(number);
        job.resolve({ key: job.key, ...result });
        this.pump();
    }

    look() {
        if (Date.now() - this.heard < STUCK)
            return;
        const jobs = [...this.running];
        console.error(`${this.file}: a thread was never given back; under way: ${jobs.map(([, { driver }]) => driver).join(', ')}`);
        this.worker.terminate();
        if (jobs.length === 1)
            this.end({ number: jobs[0][0], isHung: true });
        for (const [, job] of this.running)
            clearTimeout(job.timer);
        this.queue.unshift(...this.running.values());
        this.running.clear();
        this.atOnce = 1;
        this.begin();
        this.pump();
    }
}
