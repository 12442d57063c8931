package org.closedloop.notice.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255",
      "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.8", "192.0.2.1", "198.18.0.1",
      "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
      "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
      "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:7f00:1::",
      "2001:db8::1", "3fff::1", "::7f00:1", "100::1"})
  void noAddressBehindTheWallIsPublic(String address) throws UnknownHostException {
    assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
      "192.167.1.1",
      "198.17.0.1", "223.255.255.1", "2400:3200::1", "2606:4700:4700::1111"})
  void addressesOfTheInternetAre(String address) throws UnknownHostException {
    assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
  }

  /** However the machine's resolver reads such a name, a private address is not called. */
  @ParameterizedTest
  @ValueSource(strings = {"0x7f.1", "0x7f000001", "2130706433", "017700000001", "127.1", "[::ffff:127.0.0.1]", "[::1]",
      "localhost", "0"})
  void otherSpellingsOfTheMachineItselfLeadNowhere(String host) {
    assertThatThrownBy(() -> new PublicAddresses(InetAddress::getAllByName, false).resolve(host))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void onePrivateAddressAmongPublicOnesSpoilsTheName() {
    PublicAddresses names = new PublicAddresses(host -> new InetAddress[] {InetAddress.getByName("1.1.1.1"),
        InetAddress.getByName("10.0.0.1")}, false);
    assertThatThrownBy(() -> names.resolve("mixed.example")).isInstanceOf(PublicAddresses.NotPublic.class);
  }

  @Test
  void aNameThatMeansNothingIsNotCalled() {
    assertThatThrownBy(() -> new PublicAddresses(host -> new InetAddress[0], false).resolve("nothing.example"))
        .isInstanceOf(UnknownHostException.class);
  }
}
