var COOKIE = /(?:^|;)\s*socketio=([^;]*)/;

/**
 * A connection to a server: on('connect' | 'message' | 'disconnect' | 'connecting' | 'connect_failed' | 'reconnecting' |
 * 'reconnect' | 'reconnect_failed', handler), connect(), send(message), disconnect().
 */
io.Socket = function (host, options) {
  this.host = host || location.hostname;
  this.options = {
    secure: location.protocol === 'https:' && !host,
    port: location.port || (location.protocol === 'https:' ? 443 : 80),
    resource: 'socket.io',
    transports: ['websocket', 'server-events', 'xhr-polling', 'jsonp-polling'],
    connectTimeout: 5000,
    tryTransportsOnConnectTimeout: true,
    reconnect: true,
    reconnectionDelay: 500,
    maxReconnectionAttempts: 10,
    rememberTransport: true
  };
  for (var name in options) this.options[name] = options[name];
  this.events = {};
  this.queue = [];
  this.attempts = 0;
  this.connected = this.connecting = this.reconnecting = false;
};

var methods = io.Socket.prototype;

methods.on = methods.addListener = methods.addEvent = methods.addEventListener = function (name, handler) {
  (this.events[name] = this.events[name] || []).push(handler);
  return this;
};

methods.once = function (name, handler) {
  var self = this;
  function once() {
    self.removeEvent(name, once);
    handler.apply(self, arguments);
  }
  once.ref = handler;
  return this.on(name, once);
};

methods.removeEvent = methods.removeListener = methods.removeEventListener = function (name, handler) {
  var handlers = this.events[name] || [];
  this.events[name] = handlers.filter(function (each) {
    return each !== handler && each.ref !== handler;
  });
  return this;
};

methods.emit = methods.fire = function (name, values) {
  var handlers = (this.events[name] || []).slice();
  for (var i = 0; i < handlers.length; i++) handlers[i].apply(this, values || []);
  return this;
};

methods.connect = function (handler) {
  if (handler) this.once('connect', handler);
  if (!this.connected && !this.connecting) {
    this.isWanted = true;
    clearTimeout(this.reconnectTimer);
    this.remaining = this.usable();
    this.next();
  }
  return this;
};

/** The transports that this browser has; the one that worked last comes first. */
methods.usable = function () {
  var usable = this.options.transports.filter(function (type) {
    return io.transports[type] && io.transports[type].check();
  });
  var match = this.options.rememberTransport && COOKIE.exec(document.cookie);
  var at = match ? usable.indexOf(decodeURIComponent(match[1])) : -1;
  return at < 0 ? usable : usable.splice(at, 1).concat(usable);
};

/** Tries the next transport. */
methods.next = function () {
  var self = this;
  var type = this.remaining.shift();
  if (!type) return this.failed();
  this.connecting = true;
  this.transport = new io.transports[type](this);
  this.emit('connecting', [type]);
  this.connectTimer = setTimeout(function () {
    self.transport.close();
  }, this.options.connectTimeout);
  this.transport.open();
};

methods.failed = function () {
  this.connecting = false;
  if (this.reconnecting) this.reconnectLater();
  else this.emit('connect_failed');
};

methods.send = function (message) {
  this.queue = this.queue.concat(message); // an array is a message for each element
  if (this.connected) this.leave();
  return this;
};

methods.leave = function () {
  var messages = this.queue;
  this.queue = [];
  if (messages.length > 0) this.transport.send(messages);
};

methods.disconnect = function () {
  this.isWanted = this.reconnecting = false;
  clearTimeout(this.reconnectTimer);
  if (this.transport) this.transport.close();
  return this;
};

// Told by the transport.

methods.opened = function (transport) {
  clearTimeout(this.connectTimer);
  this.connected = true;
  this.connecting = false;
  if (this.options.rememberTransport) document.cookie = 'socketio=' + encodeURIComponent(transport.type);
  var attempts = this.attempts;
  var isAgain = this.reconnecting;
  this.reconnecting = false;
  this.attempts = 0;
  this.leave();
  this.emit('connect');
  if (isAgain) this.emit('reconnect', [transport.type, attempts]);
};

methods.message = function (message) {
  this.emit('message', [message]);
};

methods.closed = function () {
  clearTimeout(this.connectTimer);
  var wasConnected = this.connected;
  this.connected = this.connecting = false;
  if (wasConnected) {
    this.emit('disconnect');
    if (this.isWanted && this.options.reconnect) this.reconnectLater();
  } else if (this.isWanted) {
    if (this.options.tryTransportsOnConnectTimeout) this.next();
    else this.failed();
  }
};

/** Waits twice as long each time. */
methods.reconnectLater = function () {
  var self = this;
  if (this.attempts >= this.options.maxReconnectionAttempts) {
    this.reconnecting = false;
    this.attempts = 0;
    this.emit('reconnect_failed');
    return;
  }
  var delay = this.options.reconnectionDelay * Math.pow(2, this.attempts);
  this.reconnecting = true;
  this.attempts++;
  this.emit('reconnecting', [delay, this.attempts]);
  this.reconnectTimer = setTimeout(function () {
    self.connect();
  }, delay);
};

window.io = io;
