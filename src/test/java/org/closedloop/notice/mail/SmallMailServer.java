package org.closedloop.notice.mail;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server of a few lines that can misbehave as asked: refuse addresses, say nothing, vanish in the middle. */
final class SmallMailServer implements Closeable {

  enum Mood { FINE, SILENT, BUSY, VANISHES_AFTER_DATA }

  /** What was accepted: recipient and the message as it came. */
  record Mail(String to, String text) {}

  final List<Mail> taken = new CopyOnWriteArrayList<>();
  final Set<String> unknown = ConcurrentHashMap.newKeySet();
  volatile Mood mood = Mood.FINE;
  private final ServerSocket door;
  private final Set<Socket> guests = ConcurrentHashMap.newKeySet();

  SmallMailServer() throws IOException {
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::open);
  }

  int port() {
    return door.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket guest : guests) {
      guest.close();
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "small-mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void open() {
    try {
      while (true) {
        Socket guest = door.accept();
        guests.add(guest);
        start(() -> serve(guest));
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void serve(Socket guest) {
    try (guest; BufferedReader in = new BufferedReader(new InputStreamReader(guest.getInputStream(),
        StandardCharsets.UTF_8)); OutputStream out = guest.getOutputStream()) {
      if (mood == Mood.SILENT) {
        in.readLine();
        return;
      }
      if (mood == Mood.BUSY) {
        say(out, "421 4.3.2 too busy");
        return;
      }
      say(out, "220 small");
      String to = null;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String word = line.length() < 4 ? line : line.substring(0, 4).toUpperCase();
        switch (word) {
          case "EHLO", "HELO", "RSET", "NOOP", "MAIL" -> say(out, "250 ok");
          case "RCPT" -> {
            to = line.replaceAll(".*<(.*)>.*", "$1");
            say(out, unknown.contains(to) ? "550 5.1.1 no such mailbox here" : "250 ok");
          }
          case "DATA" -> {
            say(out, "354 go on");
            StringBuilder text = new StringBuilder();
            for (String part = in.readLine(); !".".equals(part); part = in.readLine()) {
              text.append(part).append('\n');
            }
            taken.add(new Mail(to, text.toString()));
            if (mood == Mood.VANISHES_AFTER_DATA) {
              return;
            }
            say(out, "250 taken");
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return;
          }
          default -> say(out, "500 what?");
        }
      }
    } catch (IOException gone) {
      // so be it
    } finally {
      guests.remove(guest);
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
