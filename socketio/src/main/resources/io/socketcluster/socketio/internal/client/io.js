/* The browser client of SocketCluster for Java for servers of Socket.IO 0.5 and 0.6. MIT licence. */

var io = {
  version: '0.6.3',

  /** Once told where the Flash movie is. There is none. */
  setPath: function (path) {
    io.path = path;
  },

  /** The transports by name, each with check() and a constructor. */
  transports: {}
};

/** Messages in one packet: ~m~LENGTH~m~BODY, one behind the other. */
var framing = {
  encode: function (messages) {
    var packet = '';
    for (var i = 0; i < messages.length; i++) {
      var body = framing.text(messages[i]);
      packet += '~m~' + body.length + '~m~' + body;
    }
    return packet;
  },

  text: function (message) {
    if (message === null || message === undefined) return '';
    var isObject = Object.prototype.toString.call(message) === '[object Object]';
    return isObject ? '~j~' + JSON.stringify(message) : String(message);
  },

  /** Returns the bodies, up to the first message that is malformed. */
  decode: function (packet) {
    var bodies = [];
    var frame = /~m~(\d{1,9})~m~/g;
    for (var at = 0; at < packet.length; ) {
      frame.lastIndex = at;
      var head = frame.exec(packet);
      if (!head || head.index !== at) return bodies;
      var begin = at + head[0].length;
      at = begin + Number(head[1]);
      if (at > packet.length) return bodies;
      bodies.push(packet.substring(begin, at));
    }
    return bodies;
  }
};
