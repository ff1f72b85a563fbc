/**
 * What all transports share. A transport has open(), post(packet) and shut(); it tells
 * received(packet), posted() when the next packet may leave, and ended() once.
 */
function Transport(socket, silence) {
  this.socket = socket;
  this.silence = silence;
  this.waiting = [];
  this.isPosting = false;
  this.hasEnded = false;
}

function inherit(type, silence, methods) {
  io.transports[type] = function (socket) {
    Transport.call(this, socket, silence);
  };
  io.transports[type].prototype = new Transport();
  io.transports[type].prototype.type = type;
  for (var name in methods) io.transports[type].prototype[name] = methods[name];
  io.transports[type].check = methods.check;
}

Transport.prototype.url = function (scheme) {
  var options = this.socket.options;
  return (
    (options.secure ? scheme + 's' : scheme) + '://' + this.socket.host + ':' + options.port + '/' + options.resource + '/' + this.type
  );
};

/** Returns an address that no cache knows. */
Transport.prototype.session = function (suffix) {
  return this.url('http') + '/' + (this.sessionid || '') + '/' + suffix;
};

Transport.prototype.send = function (messages) {
  this.waiting = this.waiting.concat(messages);
  this.flush();
};

Transport.prototype.flush = function () {
  if (this.isPosting || this.waiting.length === 0 || this.hasEnded) return;
  var messages = this.waiting;
  this.waiting = [];
  this.isPosting = true;
  this.post(framing.encode(messages));
};

Transport.prototype.posted = function () {
  this.isPosting = false;
  this.flush();
};

Transport.prototype.received = function (packet) {
  if (this.hasEnded) return;
  this.watch();
  var bodies = framing.decode(packet);
  for (var i = 0; i < bodies.length && !this.hasEnded; i++) this.message(bodies[i]);
};

Transport.prototype.message = function (body) {
  var kind = body.substring(0, 3);
  if (!this.sessionid) {
    this.sessionid = body;
    this.socket.opened(this);
  } else if (kind === '~h~') {
    this.send([body]);
  } else {
    this.socket.message(kind === '~j~' ? JSON.parse(body.substring(3)) : body);
  }
};

/** The server is heard at least this often. */
Transport.prototype.watch = function () {
  var self = this;
  clearTimeout(this.watchdog);
  this.watchdog = setTimeout(function () {
    self.close();
  }, this.silence);
};

Transport.prototype.ended = function () {
  if (this.hasEnded) return;
  this.hasEnded = true;
  clearTimeout(this.watchdog);
  this.socket.closed(this);
};

Transport.prototype.close = function () {
  if (this.hasEnded) return;
  this.shut();
  this.ended();
};

inherit('websocket', 15000, {
  check: function () {
    return 'WebSocket' in window;
  },

  open: function () {
    var self = this;
    this.connection = new WebSocket(this.url('ws'));
    this.connection.onmessage = function (event) {
      self.received(event.data);
    };
    this.connection.onclose = function () {
      self.ended();
    };
  },

  post: function (packet) {
    this.connection.send(packet);
    this.isPosting = false;
  },

  shut: function () {
    this.connection.close();
  }
});
