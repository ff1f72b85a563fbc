// SPDX-License-Identifier: MIT
package io.socketcluster.examples.auction

import io.socketcluster.core.AGRequest
import io.socketcluster.protocol.errors.AGException
import io.socketcluster.server.AGServer
import io.socketcluster.server.AGServerOptions
import io.socketcluster.server.SocketCluster
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock
import tools.jackson.databind.json.JsonMapper
import tools.jackson.module.kotlin.kotlinModule

/** What a client calls `bid` with. Without a bidder it is anonymous. */
data class Bid(val lot: String, val cents: Long, val bidder: String = "anonymous")

/** What the channel `lot/NAME` tells of each bid that is higher than all before it. */
data class Highest(val cents: Long, val bidder: String)

/** Knows Kotlin's data classes: their constructors, default values and nullability. */
val mapper: JsonMapper = JsonMapper.builder().addModule(kotlinModule()).build()

/** An auction. Its handlers run on virtual threads: they may block, and are no `suspend` functions. */
class Auction(private val server: AGServer, lots: Set<String>) {
    private val lock = ReentrantLock()
    private val highest = lots.associateWith { Highest(0, "nobody") }.toMutableMap()

    fun open() {
        server.onConnection { socket ->
            socket.procedure("bid", Bid::class.java).consume(::answer)
        }
    }

    private fun answer(request: AGRequest<Bid>) {
        try {
            request.end(raise(request.data()))
        } catch (refusal: AGException) {
            request.error(refusal)
        }
    }

    /** Publishes with the lock held, so that the bids of a lot are told in the order of their height. */
    private fun raise(bid: Bid): Highest = lock.withLock {
        val before = highest[bid.lot] ?: throw AGException("BidError", "There is no such lot")
        if (bid.cents <= before.cents) {
            throw AGException("BidError", "The highest bid is ${before.cents}")
        }
        val now = Highest(bid.cents, bid.bidder)
        highest[bid.lot] = now
        server.exchange().transmitPublish("lot/${bid.lot}", now)
        now
    }
}

/** Makes the server, which does not listen yet. */
fun createServer(): AGServer {
    val options = AGServerOptions.builder().jsonMapper(mapper).allowClientPublish(false).build()
    return SocketCluster.create(options).also { Auction(it, setOf("vase", "clock")).open() }
}
