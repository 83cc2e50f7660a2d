// Writes random programs of promises, and what Node.js logs when it runs them: `node node.mjs 500 > programs.txt`, and
// `node node.mjs 500 tasks > tasks.txt` with tasks in them. `programs.rs` runs the same programs. A line is `program | log`; a program is a list of operations:
//
//   R J P            promises: resolved, rejected, pending
//   T C F i action   then, catch, finally of promise i
//   a s y r i j      all, allSettled, any, race of two promises, then `settled`
//   V X k            resolve or reject the promise k, if it is one of `P`
//   D k j            resolve it with promise j
//   M action         a microtask
//   A i action       a task that awaits promise i, and what the action gives; its end is a promise
//
// An action logs its number, and then does something; its letters are in `act`. Promises refer to earlier ones only, so none
// waits for itself.

const count = Number(process.argv[2]);
const withTasks = process.argv[3] === "tasks";

let seed = 1;
const random = (n) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % n;
};

function write() {
    const operations = [];
    const pending = [];
    let promises = 0;
    let label = 0;
    // The operands of an operation on a resolver.
    const adopts = () => {
        const of = pending[random(pending.length)];
        return `${of} ${of === 0 ? 0 : random(of)}`;
    };
    const action = (before) => {
        const kinds = "ntqR" + (before > 0 ? "pppT" : "") + (pending.length > 0 ? "VVXD" : "");
        const kind = kinds[random(kinds.length)];
        label += 1;
        switch (kind) {
            case "D": return `${kind} ${label} ${adopts()}`;
            case "V": case "X": return `${kind} ${label} ${pending[random(pending.length)]}`;
            case "p": case "T": return `${kind} ${label} ${random(before)}`;
            default: return `${kind} ${label}`;
        }
    };
    const length = 4 + random(14);
    while (operations.length < length) {
        const kinds = "RJPP" + (promises > 0 ? "TTTTTTTTCCCFFFasyrM" + (withTasks ? "AAAAAA" : "") : "") + (pending.length > 0 ? "VVXDD" : "");
        const kind = kinds[random(kinds.length)];
        const of = promises > 0 ? random(promises) : 0;
        if ("TCFA".includes(kind)) {
            operations.push(`${kind} ${of} ${action(promises)}`);
        } else if ("asyr".includes(kind)) {
            label += 1;
            operations.push(`${kind} ${of} ${random(promises)} ${label}`);
        } else if (kind === "D") {
            operations.push(`${kind} ${adopts()}`);
        } else if (kind === "M") {
            operations.push(`${kind} ${action(promises)}`);
        } else if ("VX".includes(kind)) {
            operations.push(`${kind} ${pending[random(pending.length)]}`);
        } else {
            operations.push(kind);
        }
        if (kind === "P") {
            pending.push(promises);
        }
        promises += "RJPTCFAasyr".includes(kind) ? 1 : 0;
    }
    return operations;
}

function run(operations) {
    const log = [];
    const promises = [];
    const resolvers = new Map();
    // What a callback does when it runs.
    const act = ([kind, label, of, with_]) => () => {
        log.push(label);
        switch (kind) {
            case "n": return;
            case "t": throw "x";
            case "q": queueMicrotask(() => log.push(`${label}'`)); return;
            case "R": return Promise.resolve();
            case "p": return promises[of];
            case "V": resolvers.get(+of)?.resolve(); return;
            case "X": resolvers.get(+of)?.reject("x"); return;
            case "D": if (of !== with_) resolvers.get(+of)?.resolve(promises[with_]); return;
            case "T": promises[of].then(() => { log.push(`${label}'`); }); return;
        }
    };
    const settled = (promise, label) => {
        const { promise: end, resolve } = withResolvers();
        promise.then(() => { log.push(label); resolve(); }).catch(() => { log.push(`${label}'`); resolve(); });
        return end;
    };
    const task = (promise, action) => {
        const { promise: end, resolve } = withResolvers();
        setTimeout(async () => {
            try { await promise; } catch {}
            try {
                const given = action();
                if (given) await given;
            } catch {}
            resolve();
        });
        return end;
    };
    for (const operation of operations) {
        const [kind, of, ...rest] = operation.split(" ");
        const pair = () => [promises[of], promises[rest[0]]];
        switch (kind) {
            case "R": promises.push(Promise.resolve()); break;
            case "J": promises.push(Promise.reject("x")); break;
            case "P": {
                const { promise, ...resolver } = withResolvers();
                resolvers.set(promises.length, resolver);
                promises.push(promise);
                break;
            }
            case "T": promises.push(promises[of].then(act(rest))); break;
            case "C": promises.push(promises[of].catch(act(rest))); break;
            case "F": promises.push(promises[of].finally(act(rest))); break;
            case "A": promises.push(task(promises[of], act(rest))); break;
            case "a": promises.push(settled(Promise.all(pair()), rest[1])); break;
            case "s": promises.push(settled(Promise.allSettled(pair()), rest[1])); break;
            case "y": promises.push(settled(Promise.any(pair()), rest[1])); break;
            case "r": promises.push(settled(Promise.race(pair()), rest[1])); break;
            case "V": resolvers.get(+of)?.resolve(); break;
            case "X": resolvers.get(+of)?.reject("x"); break;
            case "D": if (of !== rest[0]) resolvers.get(+of)?.resolve(promises[rest[0]]); break;
            case "M": queueMicrotask(() => { try { act([of, ...rest])(); } catch {} }); break;
        }
    }
    return log;
}

function withResolvers() {
    let resolve, reject;
    const promise = new Promise((...pair) => ([resolve, reject] = pair));
    return { promise, resolve, reject };
}

process.on("unhandledRejection", () => {});
process.removeAllListeners("warning");
for (let written = 0; written < count; ) {
    const operations = write();
    const log = run(operations);
    await new Promise((resolve) => setTimeout(resolve));
    // Short ones say little.
    if (log.length >= 6) {
        console.log(`${operations.join("; ")} | ${log.join(" ")}`);
        written += 1;
    }
}
