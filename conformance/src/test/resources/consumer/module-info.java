// SPDX-License-Identifier: MIT
module com.example.consumer {
  requires io.socketcluster.client;
  requires io.socketcluster.server;

  opens com.example.consumer to
      tools.jackson.databind;
}
