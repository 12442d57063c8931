package org.closedloop.notice.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up and lets only public addresses through, with the very addresses the connection is then made to: what a
 * name means a moment later does not matter. One address that may not be called spoils the whole name.
 */
final class PublicAddresses implements DnsResolver {

  /** What a name means; the machine's resolver outside tests. */
  @FunctionalInterface
  interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /** The name means an address that is not called. */
  static final class NotPublic extends UnknownHostException {
    NotPublic(String host) {
      super(host + " is not a public address");
    }
  }

  private final Names names;
  private final boolean loopback;

  PublicAddresses(Names names, boolean loopback) {
    this.names = names;
    this.loopback = loopback;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = names.of(host);
    if (found == null || found.length == 0) {
      throw new UnknownHostException(host);
    }
    for (InetAddress address : found) {
      if (!isPublic(address) && !(loopback && address.isLoopbackAddress())) {
        throw new NotPublic(host);
      }
    }
    return found.clone();
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** Neither this machine, nor its network, nor a provider's, nor anything that is no address of one machine. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
        || address.isSiteLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    byte[] b = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(b, 0) : address instanceof Inet6Address && isPublic6(b);
  }

  private static boolean isPublic4(byte[] b, int at) {
    int first = b[at] & 0xff;
    int second = b[at + 1] & 0xff;
    int third = b[at + 2] & 0xff;
    return first != 0 && first != 10 && first != 127 && first < 224
        && !(first == 100 && second >= 64 && second < 128)              // shared by carriers; a cloud's metadata too
        && !(first == 169 && second == 254)
        && !(first == 172 && second >= 16 && second < 32)
        && !(first == 192 && second == 168)
        && !(first == 192 && second == 0 && (third == 0 || third == 2)) // protocols, examples
        && !(first == 192 && second == 88 && third == 99)
        && !(first == 198 && (second == 18 || second == 19))            // benchmarks
        && !(first == 198 && second == 51 && third == 100)
        && !(first == 203 && second == 0 && third == 113);
  }

  private static boolean isPublic6(byte[] b) {
    boolean global = (b[0] & 0xe0) == 0x20;                             // 2000::/3 is all that is given out
    int start = (b[0] & 0xff) << 8 | b[1] & 0xff;
    int next = (b[2] & 0xff) << 8 | b[3] & 0xff;
    boolean wraps4 = start == 0x2002 || start == 0x2001 && next == 0;   // 6to4 and Teredo carry an IPv4 address
    boolean example = start == 0x2001 && next == 0x0db8 || start == 0x3fff;
    return global && !wraps4 && !example;
  }
}
