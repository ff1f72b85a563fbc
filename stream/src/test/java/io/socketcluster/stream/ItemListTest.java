// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ItemListTest {
  private final ItemList<String> items = new ItemList<>();

  /** A writer that was stopped after it linked its node, before it moved the tail. */
  private Node<String> linkedOnly() {
    Node<String> node = new Node<>("linked");
    node.number = items.last().number + 1;
    assertThat(items.last().link(node)).isTrue();
    return node;
  }

  @Test
  void lastIsTheLastLinkedNodeEvenIfTheTailLagsBehind() {
    Node<String> linked = linkedOnly();

    assertThat(items.last()).isSameAs(linked);
  }

  @Test
  void appendGoesBehindTheLastLinkedNodeEvenIfTheTailLagsBehind() {
    Node<String> linked = linkedOnly();
    Node<String> next = new Node<>("next");
    items.append(next);

    assertThat(linked.next()).isSameAs(next);
    assertThat(items.last()).isSameAs(next);
    assertThat(next.number).isEqualTo(linked.number + 1);
  }

  @Test
  void appendGoesToTheEndAlthoughTheTailWasAtANodeThatIsCutOff() {
    Node<String> cutOff = items.last();
    Node<String> linked = linkedOnly();
    items.cut(cutOff, linked);
    Node<String> next = new Node<>("next");
    items.append(next);

    assertThat(cutOff.next()).isSameAs(cutOff);
    assertThat(linked.next()).isSameAs(next);
    assertThat(items.last()).isSameAs(next);
  }

  @Test
  void nodeIsLinkedOnce() {
    Node<String> first = items.last();
    items.append(new Node<>("a"));

    assertThat(first.link(new Node<>("b"))).isFalse();
  }
}
