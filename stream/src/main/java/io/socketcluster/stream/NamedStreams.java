// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a demux by name: those that have consumers or keep items.
 *
 * <p>The lock, which some demuxes share, orders the opening of streams, retain and release: a
 * stream is opened by the rules of the retention that is in force. It is taken before the lock of a
 * StreamCore, never after, and not held while the predicate runs. Streams are found without it.
 *
 * <p>A stream retires under its own lock when its last consumer leaves, and is taken out of the map
 * afterwards. Nobody can join a retired stream; who finds one tries again.
 */
final class NamedStreams<T> extends StreamHome<T> {
  private static final int FEW = 8;

  /** There may be very many demuxes, of which few open a stream at the same moment. */
  private static final List<ReentrantLock> LOCKS =
      Stream.generate(ReentrantLock::new).limit(64).toList();

  private final ReentrantLock lock =
      LOCKS.get(ThreadLocalRandom.current().nextInt(LOCKS.size())); // shared with others
  // Volatile: found without the lock. Changed under it.
  private volatile Map<String, StreamCore<T>> streams = Map.of();
  // Volatile: read without the lock, written under it.
  private volatile @Nullable Retention retention;
  // Volatile: read without the lock by those who join and leave, written under it.
  private volatile Ending ending = Ending.NONE;

  final Executor handlerExecutor;

  /**
   * Which streams end, and so every consumer that joins them; and whether they are replayed until
   * then. Immutable: most demuxes share the same.
   */
  private record Ending(Predicate<String> names, boolean atOnce, boolean replays) {
    static final Ending NONE = new Ending(name -> false, false, false);
    static final Ending ALL_AT_ONCE = new Ending(name -> true, true, false);
  }

  NamedStreams(@Nullable ConsumptionErrorHandler errorHandler) {
    this(errorHandler, VirtualThreadExecutor.INSTANCE);
  }

  /**
   * @param handlerExecutor runs the handlers that bring no executor of their own
   */
  NamedStreams(@Nullable ConsumptionErrorHandler errorHandler, Executor handlerExecutor) {
    super(errorHandler);
    this.handlerExecutor = handlerExecutor;
  }

  @Nullable StreamCore<T> find(String name) {
    requireNonNull(name, "name");
    return streams.get(name);
  }

  Collection<StreamCore<T>> all() {
    return streams.values();
  }

  @Nullable Cursor<T> findConsumer(long consumerId) {
    for (StreamCore<T> core : all()) {
      Cursor<T> cursor = core.find(consumerId);
      if (cursor != null) {
        return cursor;
      }
    }
    return null;
  }

  void write(String name, T item) {
    requireNonNull(item, "item");
    StreamCore<T> core = find(name);
    if (core == null) {
      core = retention == null ? find(name) : open(name, false); // a consumer may have come
    }
    if (core != null) {
      core.write(item);
      if (core.isKept()) {
        trim(core);
      }
    }
  }

  private void trim(StreamCore<T> core) {
    Retention current = retention;
    if (current != null) {
      core.trim(current.limit());
    }
    core.trim();
  }

  Cursor<T> join(String name, @Nullable Duration timeout) {
    StreamCore<T> core = find(name);
    Cursor<T> cursor = core == null ? null : core.join(timeout);
    while (cursor == null) {
      core = open(name, true);
      cursor = core == null ? null : core.join(timeout);
    }
    endIfLate(name, cursor);
    return cursor;
  }

  /** Looked at after joining: who ends the streams ends all consumers that joined before. */
  private void endIfLate(String name, Cursor<T> cursor) {
    Ending current = ending;
    if (current.atOnce()) {
      cursor.leave();
    } else if (current.names().test(name)) {
      endAfterWhatIsKept(cursor);
    }
  }

  private static <T> void endAfterWhatIsKept(Cursor<T> cursor) {
    if (cursor.isReady()) {
      cursor.core.closeConsumer(cursor.id, null);
    } else {
      cursor.leave();
    }
  }

  /** Ends all consumers, and every one that joins later. */
  void end() {
    change(current -> Ending.ALL_AT_ONCE);
    release();
    all().forEach(core -> core.kill(null));
  }

  /** Ends consumers after their backlog, and those that join later after what is kept. */
  void endAfterBacklog(Predicate<String> names) {
    change(current -> current.atOnce() ? current : new Ending(names, false, current.replays()));
    for (StreamCore<T> core : all()) {
      if (core.name != null && names.test(core.name)) {
        core.close(null);
      }
    }
  }

  /** The stream of that name; null if it is neither there nor to be kept nor for a consumer. */
  private @Nullable StreamCore<T> open(String name, boolean forConsumer) {
    while (true) {
      Retention current = retention;
      boolean kept = current != null && current.covers(name);
      if (!kept && !forConsumer) {
        return find(name); // who joined before the release is in it
      }
      lock.lock();
      try {
        if (retention == current) {
          return openNow(name, kept);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private StreamCore<T> openNow(String name, boolean kept) {
    StreamCore<T> core = streams.get(name);
    if (core == null || core.isRetired()) {
      core = new StreamCore<>(this, name, kept);
      put(name, core);
    }
    return core;
  }

  /** Few are in a map that takes no room for more, and is made anew. Under the lock. */
  private void put(String name, StreamCore<T> core) {
    Map<String, StreamCore<T>> present = streams;
    if (present instanceof ConcurrentHashMap) {
      present.put(name, core);
    } else if (present.size() < FEW) {
      Map<String, StreamCore<T>> copy = new HashMap<>(present);
      copy.put(name, core);
      streams = Map.copyOf(copy);
    } else {
      Map<String, StreamCore<T>> many = new ConcurrentHashMap<>(present);
      many.put(name, core);
      streams = many;
    }
  }

  /** Under the lock. */
  private void remove(String name, StreamCore<T> core) {
    Map<String, StreamCore<T>> present = streams;
    if (present instanceof ConcurrentHashMap) {
      present.remove(name, core);
    } else if (present.get(name) == core) {
      Map<String, StreamCore<T>> copy = new HashMap<>(present);
      copy.remove(name);
      streams = Map.copyOf(copy);
    }
  }

  void replay() {
    change(current -> new Ending(current.names(), current.atOnce(), true));
  }

  private void change(UnaryOperator<Ending> change) {
    lock.lock();
    try {
      ending = change.apply(ending);
    } finally {
      lock.unlock();
    }
  }

  @Override
  boolean replays() {
    return ending.replays();
  }

  @Override
  boolean dropsUnused() {
    return true;
  }

  @Override
  void retired(StreamCore<T> core) {
    String name = core.name;
    if (name == null) {
      return;
    }
    lock.lock();
    try {
      remove(name, core);
    } finally {
      lock.unlock();
    }
  }

  void unstream(String name) {
    @Nullable StreamCore<T> core;
    lock.lock();
    try {
      core = find(name);
      if (core != null) {
        remove(name, core);
      }
    } finally {
      lock.unlock();
    }
    if (core != null) {
      core.abandon();
    }
  }

  void retain(int limit, Predicate<String> names) {
    Retention begun = new Retention(limit, names);
    lock.lock();
    try {
      if (retention != null) {
        throw new IllegalStateException("Expected release() before retain() is called again");
      }
      retention = begun;
    } finally {
      lock.unlock();
    }
    for (StreamCore<T> core : all()) {
      String name = core.name;
      if (name != null && begun.covers(name)) {
        keep(core, begun);
      }
    }
  }

  private void keep(StreamCore<T> core, Retention begun) {
    lock.lock();
    try {
      if (retention == begun) {
        core.keep();
      }
    } finally {
      lock.unlock();
    }
  }

  void retainStream(String name, int limit) {
    requireNonNull(name, "name");
    lock.lock();
    try {
      openNow(name, true).keep(limit);
    } finally {
      lock.unlock();
    }
  }

  void releaseStream(String name) {
    lock.lock();
    try {
      StreamCore<T> core = find(name);
      if (core != null && core.release()) {
        retired(core);
      }
    } finally {
      lock.unlock();
    }
  }

  void release() {
    lock.lock();
    try {
      retention = null;
      for (StreamCore<T> core : all()) {
        if (core.release()) {
          retired(core);
        }
      }
      if (streams.isEmpty()) { // and may be so for ever
        streams = Map.of();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isSaturated() {
    Retention current = retention;
    return current != null && unclaimed(current.limit()) >= current.limit();
  }

  /** How many items are kept in streams without consumers; stops counting at the limit. */
  long unclaimed(long limit) {
    long unclaimed = 0;
    for (StreamCore<T> core : all()) {
      unclaimed += core.unclaimed();
      if (unclaimed >= limit) {
        break;
      }
    }
    return unclaimed;
  }
}
