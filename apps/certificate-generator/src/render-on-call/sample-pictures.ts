const png = (base64: string) => ({ mediaType: 'image/png', bytes: Buffer.from(base64, 'base64') }) as const;

/** What stands in the places of pictures in samples: strokes of a pen (240 x 80 pixels), and a mark (120 x 120 pixels). */
export const samplePictures = {
  signature: png(
    'iVBORw0KGgoAAAANSUhEUgAAAPAAAABQAgMAAABaJxDvAAAADFBMVEUbKkobKkobKkobKkr8SOPIAAAABHRSTlMAVar/oA4xLwAAAslJ' +
      'REFUeNrtlzuS00AQhntGtShQIAKItqghICCAEiGZ5wgOMIeAwFyAlY+wCUcgwAR7AlY6gjgBusGKKhXIRlZvdc/IxuthPZaLzB2MZZU/' +
      'TT/+bo0BTnayk/0ve3MEe46z4XCG1WA2xJtmMKwWcjUYTgu4HsoK1DAaHHILkGhHDUoPOK4A1G6tROaTxSR3wiF2PlWm3XNHDVKPfK3c' +
      'cFok+3UXUmhR4aiB2g9HpRMOW5c7O7HlTlhVjps7NtJOeJT7wBk4YdQeMCcbouLBl63b1CrhXokFrKPoe4bF3Rrsh0OeA/EPxC01qtIH' +
      'jnnDGBdvuzv58oCNjGLUkGoQ78b0TQNk2gdOuRlVw82hsAaA6cKkcT983Q8TCiDDFYBE1KxZA4utuXw2mUwmffOL1gh5RjoN8RNqUIg5' +
      '9biFp7gZFI+/Itvc3JKN6V0OUdWUgqxUZVL0sERce/8eeyv+rhTBQZXOQBWyg7DiTDCsuitbQzFFxOV8Pp/3MPcUjJDk8rOj71ENQc1l' +
      'I1hgaTQI4gpxaeO3UXNPQUZDI/jNqkoKkL/aHo46q35iP7vKLFcXBNNLJ6gyDfJP3cNpbftuit14p/P4V7WBc/Kdi1XafEgqgyqYvXSX' +
      'OS6/MawBJPkukYMJalAUb9QIJwsrM3zpI+jAbipNacVKsAsBopMVjZEoJSho177bHsluzFMyJ0ue0fb8DJYk+x7ayiYsdYDz5fif3Swb' +
      'WffXvGlo3/UR6nvnLsuwZgfM9dYUv/+swqM5KnmrKO83jf2OKKwRlbNI4/UMVn7vZhZPMtsgvOlLP/jCqIy9f8IwLa/94I9GZez9C+if' +
      '8MEPfmRUxt4/o+vntFwecKBpjfevaHlKywHnQdkYhbOKHtLT9AFwLVs7ra0rBxylgsoofJAFVVQeAaviCDjVg2G57AazIHD4aRsgK46A' +
      'z07/0E52so3dAlqTP8ElH+WtAAAAAElFTkSuQmCC',
  ),
  mark: png(
    'iVBORw0KGgoAAAANSUhEUgAAAHgAAAB4AgMAAABECt5BAAAADFBMVEUbKkobKkobKkobKkr8SOPIAAAABHRSTlMAVar/oA4xLwAAA75J' +
      'REFUeNqtVztu1kAQnl1DXFhgGhoixScIvkBQ9ghpoOAIUECZImDfgDTcAApoaFKkQesj7BFcpKGzkAuD8u/A7MOv3/YGiZWi+PfnnffM' +
      'fgvw/9bj58/PVkH2GhHxh1hBv6FZv5fxN+jWryU0xn6pBViS3K9fSYPeRw8R8TM9vETEemnzJ/v0ZGF7jHgzEqT2zN4NP4q58dxsYC+l' +
      '/iyMqKnvCW22caGoFDPjzG+pPwr2Qmr39SieZOuhNhKZvCE/xER2Bxwv7Y8DFJBPpOeoIB8c6yDGbhwTDWwIBZOC3ozc6iC5GQW4hhzL' +
      'keoaipEtbGdeDaoFH+uCvGQj5XIH6STKcQOFHlS3UDixTsV3yHrlMSrmRHH3LhdJn7UUy9gZElXOWMWxcfCphsztit0W3oL0tskO3sMU' +
      'hu+0yeWj8aoh8d7mInVZiVB51ZB6hYmKsXKGl6l3Imu9sw13pqcIeR8uD0MHzvR8Bxc93IfyGRT2ueigBXhkfbw1/+4BZLTN+NXwGuCB' +
      '/dS+eguQlKm2ftVxBZBcurqgcqoBIpUYzzhWqQCIugHOKwDWRCYpEZZPjRD6FrF/vObG8QThmdnYEkBIZkRcgCmYVMO1sUoL6qUSmDT2' +
      'HYMkx7NbaG1F1RAhVqbo6T2ctiYSrLbB21m4sOFKhInRaRsp1+HK/5nfVUYxKpq4sonDLkGsc7SpilRKNsg6KW14ED8g/kTX3LxODKxS' +
      '0Y8ms2yZsCamB1SZKzkP27RAGyPJrI58r7jlknoVoQCG5bGvZ7dcQZ1zpECJk9nUdNV6wrEcwZGHXeGdMCz/JgzOfUG75frsmGE1gr1n' +
      'vjWPwcJXMPHM+QVHBMfawwd+96WHpRrggyFqlxPYpPu+HE4DfWYTbuFmhjo8HWA2QRFpfg7wHDX4neGA8JBpS449vFtYNoO6nZJgQsVW' +
      'OQSKiWO5UooXVIqBQt5sg60maqiJqAVhowWL7QZebf/KtP9py5eHR2mGR2D0BAZXqm1OVsZevD40lbFYLI9cZjwIDGxAtTzuTUxDh8X6' +
      'UXPrD6p3+wfVO39QpXr5mJPNXQ5JjiraP2Kr2JVk4IBeOd5z3w75NjkIUItFYhL3xIRh65V7WrODbCB026SI2NecUvERpQoQsjmdy6Z0' +
      'zpJBsUYGLZXsk5XNqeSMiJYzIsqpgEc0luFYdYgEQ0JNbecuyZAzCs0N4b//SuovZ/TxVDZJ1+OLwG7G7pNt8h+4OkwvHjf7N6LxtWXh' +
      'VpQMp0H971em0IUrcF0LXfb+ff0BRq8WmGEy0ZgAAAAASUVORK5CYII=',
  ),
};
