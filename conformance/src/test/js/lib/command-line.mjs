/** The options of a command line: --key value, numbers as numbers. */
export function parseOptions(args) {
  const options = {};
  for (let i = 0; i < args.length; i += 2) {
    if (!args[i].startsWith('--') || args[i + 1] === undefined) {
      throw new Error(`Expected --key value, got ${args.slice(i).join(' ')}`);
    }
    const text = args[i + 1];
    options[args[i].slice(2)] = text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  }
  return options;
}
