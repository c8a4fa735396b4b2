import type { CDPSession } from 'puppeteer';

/**
 * With which fonts the browser drew each text of the page, by their PostScript names: an entry for each text node in the order of the document, as readTexts
 * gives them.
 */
export async function findFonts(session: CDPSession): Promise<string[][]> {
  await session.send('DOM.enable');
  try {
    await session.send('CSS.enable');
    await session.send('DOM.getDocument', { depth: 0 });
    const { searchId, resultCount } = await session.send('DOM.performSearch', {
      query: '//*[contains(concat(" ",@class," ")," laurel-page ")]//text()',
    });
    const range = { fromIndex: 0, toIndex: resultCount };
    const { nodeIds } =
      resultCount === 0 ? { nodeIds: [] } : await session.send('DOM.getSearchResults', { searchId, ...range });
    return await Promise.all(
      nodeIds.map(async (nodeId) => {
        // A blank text is none to the protocol, and has no number.
        if (nodeId === 0) return [];
        const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
        return fonts.map(({ postScriptName }) => postScriptName);
      }),
    );
  } finally {
    // The first browser to know its nodes tells each change of them, which the next print run would pay for.
    await session.send('CSS.disable');
    await session.send('DOM.disable');
  }
}
