// SPDX-License-Identifier: MIT
package io.socketcluster.examples.auction

import io.socketcluster.client.AGClientSocket
import io.socketcluster.protocol.errors.AGException
import io.socketcluster.test.SocketClusterExtension
import java.util.concurrent.CopyOnWriteArrayList
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.RegisterExtension

class AuctionTest {
    @JvmField
    @RegisterExtension
    val extension: SocketClusterExtension =
        SocketClusterExtension.builder()
            .server { createServer() }
            .clientOptions { it.jsonMapper(mapper) }
            .build()

    @Test
    fun everyoneSeesTheHighestBids(watcher: AGClientSocket, bidder: AGClientSocket) {
        val seen = CopyOnWriteArrayList<Highest>()
        val lot = watcher.subscribe("lot/vase", Highest::class.java)
        lot.consume { seen.add(it) }
        await().until { lot.isSubscribed }

        bidder.call("bid", Bid("vase", 1000, "ada"))
        bidder.call("bid", mapOf("lot" to "vase", "cents" to 1500))

        await().until { seen == listOf(Highest(1000, "ada"), Highest(1500, "anonymous")) }
    }

    @Test
    fun aBidThatIsNotHigherIsRefused(bidder: AGClientSocket) {
        bidder.call("bid", Bid("vase", 1000, "ada"))

        assertThatThrownBy { bidder.call("bid", Bid("vase", 1000, "bob")) }
            .isInstanceOf(AGException::class.java)
            .hasMessageContaining("The highest bid is 1000")
    }

    @Test
    fun aBidWithoutAPriceIsRefused(bidder: AGClientSocket) {
        assertThatThrownBy { bidder.call("bid", mapOf("lot" to "vase")) }
            .isInstanceOf(AGException::class.java)
        assertThat(bidder.call("bid", Bid("vase", 1)).path("cents").asInt()).isEqualTo(1)
    }
}
