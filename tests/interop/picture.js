// An SVG of the results: a row for each client, a square for each case. The same results give the same picture.
import { groupsOf, shareOf, stateOf } from './summary.js';

const SQUARE = 4, STEP = 5, ROW = 12, GAP = 5; // in px
const LEFT = 190, TOP = 78, RIGHT = 64, BOTTOM = 34;
const COLOURS = { right: '#8cb8d8', events: '#b2182b', reconnection: '#f4a300', flaky: '#762a83', 'not judged': '#dddddd' };
const MEANINGS = {
    right: 'right', events: 'another event, ID or type', reconnection: 'right events, but another reconnection', flaky: 'differs from round to round', 'not judged': 'not judged',
};

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const words = (x, y, text, more = '') => `<text x="${x}" y="${y}"${more}>${escape(text)}</text>`;

// The x of each case; groups are apart.
const placesOf = (cases) => cases.map(({ group }, at) => LEFT + at * STEP + GAP * groupsOf(cases).indexOf(group));

const rowOf = (client, { version, verdicts }, cases, places, y) => {
    const byState = new Map(Object.keys(COLOURS).map((state) => [state, '']));
    cases.forEach((one, at) => {
        const state = stateOf(client, verdicts, one);
        byState.set(state, `${byState.get(state)}M${places[at]} ${y}h${SQUARE}`);
    });
    const { right, judged } = shareOf(client, verdicts, cases, 'events');
    return [
        words(LEFT - 6, y + 3, `${client.name} ${version}`.replace(/ (\d\S{0,12})\S*$/, ' $1'), ' text-anchor="end"'),
        ...[...byState].filter(([, path]) => path).map(([state, path]) => `<path stroke="${COLOURS[state]}" d="${path}"/>`),
        words(places.at(-1) + STEP + 4, y + 3, `${right} of ${judged}`),
    ];
};

const legend = (y) => Object.entries(MEANINGS).flatMap(([state, meaning], at) => {
    const x = LEFT + [0, 60, 225, 450, 620][at];
    return [`<path stroke="${COLOURS[state]}" stroke-width="8" d="M${x} ${y}h8"/>`, words(x + 12, y + 3, meaning)];
});

// drawResults(CLIENTS, RESULTS, CASES): those of CLIENTS that have results, in this order.
export const drawResults = (clients, results, cases) => {
    const rows = clients.filter(({ name }) => results.has(name));
    const places = placesOf(cases), width = places.at(-1) + STEP + RIGHT, height = TOP + rows.length * ROW + BOTTOM;
    const heads = groupsOf(cases).map((group) => {
        const x = places[cases.findIndex((one) => one.group === group)];
        return words(x + 4, TOP - 12, group, ` transform="rotate(-35 ${x + 4} ${TOP - 12})"`);
    });
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="9" stroke-width="${SQUARE}">`,
        '<title>What each client makes of each case</title>',
        `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
        '<g stroke="none">', ...heads, '</g>',
        ...rows.flatMap((client, at) => rowOf(client, results.get(client.name), cases, places, TOP + at * ROW)),
        ...legend(height - 14),
        '</svg>', '',
    ].join('\n').replace(/<text/g, '<text stroke="none" fill="#222222"');
};
