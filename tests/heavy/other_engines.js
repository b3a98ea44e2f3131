// other_engines.js ENGINE SCENARIO URL   opens the page at URL in firefox, webkit or chromium and runs a scenario: what a user sees and does.
// Prints the name and version of the engine, and what the scenario returns.
const { launch, close } = require('./engines.js');
const { engine } = require('./engine_tools.js');
const scenarios = { ...require('./engine_states.js'), ...require('./engine_users.js') };

(async () => {
    const [name, scenario] = process.argv.slice(2);
    try {
        Object.assign(engine, await launch(name, { isDark: /dark/i.test(scenario), isStill: /dark|still/.test(scenario), zoom: scenario === 'zoomed' ? 2 : 1 }));
        console.log(engine.name + ': ' + (await scenarios[scenario]() ?? scenario));
    } finally {
        await close();
    }
    process.exit(0);
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
