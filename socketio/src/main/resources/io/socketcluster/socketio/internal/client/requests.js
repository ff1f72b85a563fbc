/** A request that calls done(text), or done(null) if it fails. Returns it. */
function request(method, url, body, done) {
  var xhr = new XMLHttpRequest();
  xhr.open(method, url, true);
  xhr.withCredentials = true;
  if (body !== null) xhr.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded; charset=utf-8');
  xhr.onreadystatechange = function () {
    if (xhr.readyState !== 4) return;
    xhr.onreadystatechange = null;
    done(xhr.status === 200 ? xhr.responseText : null);
  };
  xhr.send(body);
  return xhr;
}

/** Posts the packets of a transport by XMLHttpRequest. */
function post(packet) {
  var self = this;
  var body = 'data=' + encodeURIComponent(packet);
  this.posting = request('POST', this.session('send'), body, function (answer) {
    if (answer === null) self.close();
    else self.posted();
  });
}

function abort(xhr) {
  if (!xhr) return;
  xhr.onreadystatechange = null;
  xhr.abort();
}

function hasRequests() {
  return 'XMLHttpRequest' in window && 'withCredentials' in new XMLHttpRequest();
}

inherit('server-events', 15000, {
  check: function () {
    return 'EventSource' in window && hasRequests();
  },

  open: function () {
    var self = this;
    this.events = new EventSource(this.session(''), {withCredentials: true});
    this.events.onmessage = function (event) {
      self.received(event.data);
    };
    this.events.onerror = function () {
      self.close(); // it would begin another session by itself
    };
  },

  post: post,

  shut: function () {
    this.events.close();
    abort(this.posting);
  }
});

inherit('xhr-polling', 25000, {
  check: hasRequests,

  open: function () {
    var self = this;
    this.polling = request('GET', this.session(Date.now()), null, function (packet) {
      if (packet === null) return self.close();
      self.received(packet);
      if (!self.hasEnded) self.open();
    });
  },

  post: post,

  shut: function () {
    abort(this.polling);
    abort(this.posting);
  }
});

/** Scripts that poll call back here, by their number. */
io.JSONP = [];

inherit('jsonp-polling', 25000, {
  check: function () {
    return true;
  },

  open: function () {
    var self = this;
    if (this.index === undefined) this.index = io.JSONP.push(this) - 1;
    var script = document.createElement('script');
    script.async = true;
    script.src = this.session(Date.now() + '/' + this.index);
    script.onerror = function () {
      self.close();
    };
    this.remove(this.script);
    this.script = document.head.appendChild(script);
  },

  _: function (packet) {
    this.received(packet);
    if (!this.hasEnded) this.open();
  },

  /** The answer to a form cannot be read; that it is there can. */
  post: function (packet) {
    var self = this;
    var name = 'socketio' + this.index;
    var frame = document.createElement('iframe');
    var form = document.createElement('form');
    var field = document.createElement('textarea');
    frame.name = form.target = name;
    frame.style.display = form.style.display = 'none';
    form.method = 'POST';
    form.acceptCharset = 'utf-8';
    form.action = this.session(Date.now() + '/' + this.index);
    field.name = 'data';
    field.value = packet;
    form.appendChild(field);
    document.body.appendChild(frame);
    document.body.appendChild(form);
    frame.onload = function () {
      self.remove(frame);
      self.remove(form);
      self.posted();
    };
    form.submit();
  },

  remove: function (element) {
    if (element && element.parentNode) element.parentNode.removeChild(element);
  },

  shut: function () {
    this.remove(this.script);
    io.JSONP[this.index] = {_: function () {}};
  }
});
