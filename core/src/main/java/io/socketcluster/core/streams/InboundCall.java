// SPDX-License-Identifier: MIT
package io.socketcluster.core.streams;

import io.socketcluster.core.AGRequest;
import io.socketcluster.protocol.DataBinding;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.WireErrors;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidActionError;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An invoked event as received, before a consumer binds it to a type. It is answered once, by the
 * first to answer. Thread-safe.
 */
public final class InboundCall {
  private static final VarHandle SENT;

  static {
    try {
      SENT = MethodHandles.lookup().findVarHandle(InboundCall.class, "sent", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String procedure;
  private final long id;
  private final @Nullable Payload data;
  private final Consumer<ResponsePacket> responder;
  private final @Nullable BooleanSupplier claim; // null: for every consumer

  @SuppressWarnings("unused") // written through SENT
  private volatile boolean sent;

  private @Nullable String traceparent; // set before the call is handed over
  private boolean taken; // a hint, written by whoever takes it

  /**
   * Creates a call.
   *
   * @param procedure the name that was invoked
   * @param id the call id of the other side
   * @param data the data as sent, or null when there was none
   * @param responder takes the answer; called at most once, on the thread that answers
   */
  public InboundCall(
      String procedure, long id, @Nullable Payload data, Consumer<ResponsePacket> responder) {
    this(procedure, id, data, responder, null);
  }

  private InboundCall(
      String procedure,
      long id,
      @Nullable Payload data,
      Consumer<ResponsePacket> responder,
      @Nullable BooleanSupplier claim) {
    this.procedure = procedure;
    this.id = id;
    this.data = data;
    this.responder = responder;
    this.claim = claim;
  }

  /**
   * Returns the same call with a claim on it.
   *
   * @param claim asked before a consumer is given the call; if false, the consumer is not given it.
   *     Called on the thread of the consumer
   */
  public InboundCall claimedBy(BooleanSupplier claim) {
    return new InboundCall(procedure, id, data, responder, claim).tracedBy(traceparent);
  }

  /** Sets the trace that the other side made this call in; before anybody else sees the call. */
  public InboundCall tracedBy(@Nullable String parent) {
    this.traceparent = parent;
    return this;
  }

  /** Returns the trace that the other side made this call in, as it was sent; null for none. */
  public @Nullable String traceparent() {
    return traceparent;
  }

  /** Returns the name that was invoked. */
  public String procedure() {
    return procedure;
  }

  /** Returns the call id, counted by the other side from 1 on every connection. */
  public long id() {
    return id;
  }

  /** Returns the data as sent, or null when there was none. */
  public @Nullable Payload data() {
    return data;
  }

  /** Returns whether a consumer has been given the call; it may take a moment to show. */
  public boolean isTaken() {
    return taken;
  }

  /** Returns whether the call has been answered. */
  public boolean isSent() {
    return sent;
  }

  /**
   * Answers with {@code result}, or with nothing when it is null.
   *
   * @throws InvalidActionError when the call has been answered before
   */
  public void end(@Nullable Payload result) {
    answer(ResponsePacket.success(id, result));
  }

  /**
   * Answers with an error.
   *
   * @throws InvalidActionError when the call has been answered before
   */
  public void error(Throwable error) {
    answer(ResponsePacket.failure(id, WireErrors.dehydrate(error)));
  }

  /**
   * Answers for a handler that threw, unless it had answered: an {@link AGException} was meant for
   * the caller, unless it tells of data that this end could not write. Of anything else the caller
   * learns only that the call failed.
   *
   * @return whether the caller is told what failed
   */
  public boolean abandon(Throwable failure) {
    if (!SENT.compareAndSet(this, false, true)) {
      return false;
    }
    boolean isDeliberate = WireErrors.isMeantForOtherEnd(failure);
    Payload error = isDeliberate ? WireErrors.dehydrate(failure) : WireErrors.dehydrateUnexpected();
    responder.accept(ResponsePacket.failure(id, error));
    return isDeliberate;
  }

  <T> @Nullable AGRequest<T> bind(DataBinding<T> binding) {
    taken = true;
    if (claim != null && !claim.getAsBoolean()) {
      return null;
    }
    try {
      return new BoundRequest<>(this, binding.bind(data), binding.mapper());
    } catch (AGException e) {
      abandon(e);
      return null;
    } catch (IllegalArgumentException e) { // of the type: the caller's data is not to blame
      abandon(e);
      throw e;
    }
  }

  private void answer(ResponsePacket response) {
    if (!SENT.compareAndSet(this, false, true)) {
      throw new InvalidActionError("Response to request " + id + " has already been sent");
    }
    responder.accept(response);
  }
}
