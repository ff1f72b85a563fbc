// SPDX-License-Identifier: MIT
package io.socketcluster.examples.auction

import io.socketcluster.client.AGClientOptions
import io.socketcluster.client.SocketClusterClient
import io.socketcluster.core.ChannelEvent
import io.socketcluster.protocol.errors.AGException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/** `--port PORT`, 8000 without it. Clients of this process bid for the vase, and any other client may. */
fun main(args: Array<String>) {
    val server = createServer()
    server.listen(if (args.size == 2 && args[0] == "--port") args[1].toInt() else 8000)
    Runtime.getRuntime().addShutdownHook(Thread { server.close().join() })
    println("An auction on port ${server.port()}")
    bid(AGClientOptions.builder().port(server.port()).jsonMapper(mapper).build())
}

private fun bid(options: AGClientOptions) {
    val watcher = SocketClusterClient.create(options)
    val subscribed = CompletableFuture<Unit>()
    watcher.channel("lot/vase").listener(ChannelEvent.SUBSCRIBE).consume { subscribed.complete(Unit) }
    watcher.subscribe("lot/vase", Highest::class.java).consume { println("vase: ${it.cents} by ${it.bidder}") }
    subscribed.get(10, TimeUnit.SECONDS)

    val bidder = SocketClusterClient.create(options)
    for ((cents, name) in listOf(1000L to "ada", 1500L to "bob", 1200L to "eve")) {
        try {
            bidder.call("bid", Bid("vase", cents, name))
        } catch (refusal: AGException) {
            println("$name: ${refusal.message}")
        }
    }
}
