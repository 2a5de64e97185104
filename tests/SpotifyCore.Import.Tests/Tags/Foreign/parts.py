# The byte forms of tags, written by hand from their specifications: what no library writes.
import struct
import zlib


def syncsafe(n):
  return bytes([n >> 21 & 127, n >> 14 & 127, n >> 7 & 127, n & 127])


def unsync(data):
  out = bytearray()
  for i, b in enumerate(data):
    out.append(b)
    if b == 0xFF and (i + 1 == len(data) or data[i + 1] >= 0xE0 or data[i + 1] == 0):
      out.append(0)
  return bytes(out)


def id3(version, body, flags=0, footer=False):
  head = bytes([version, 0, flags]) + syncsafe(len(body))
  return b'ID3' + head + body + (b'3DI' + head if footer else b'')


def frame22(name, content):
  return name.encode() + struct.pack('>I', len(content))[1:] + content


def frame23(name, content, flags=0):
  return name.encode() + struct.pack('>IBB', len(content), 0, flags) + content


def frame24(name, content, flags=0):
  return name.encode() + syncsafe(len(content)) + bytes([0, flags]) + content


def latin(text):
  return b'\0' + text.encode('cp1252')


def utf16(text):
  return b'\1' + b'\xff\xfe' + text.encode('utf-16-le')


def utf8(text):
  return b'\3' + text.encode()


def apic(data, kind=3, mime='image/jpeg', description=''):
  return b'\0' + mime.encode() + b'\0' + bytes([kind]) + description.encode() + b'\0' + data


def compressed23(content):
  return struct.pack('>I', len(content)) + zlib.compress(content)


def compressed24(content):
  return syncsafe(len(content)) + zlib.compress(content)


def id3v1(title, artist, album, year, comment, track, genre):
  head = b'TAG' + title.ljust(30, b'\0')[:30] + artist.ljust(30, b'\0')[:30] + album.ljust(30, b'\0')[:30]
  return head + year.ljust(4, b'\0') + comment.ljust(28, b'\0')[:28] + bytes([0, track, genre])


def ape(items, header=True, version=2000, at_start=False):
  body = b''
  for key, value in items:
    binary = key.startswith('Cover')
    value = value if isinstance(value, bytes) else value.encode()
    body += struct.pack('<II', len(value), 2 if binary else 0) + key.encode() + b'\0' + value

  def edge(is_header):
    flags = (0x80000000 if header else 0) | (0x20000000 if is_header else 0)
    return b'APETAGEX' + struct.pack('<IIII', version, len(body) + 32, len(items), flags) + bytes(8)

  return (edge(True) if header or at_start else b'') + body + edge(False)


def lyrics3(text):
  body = b'LYRICSBEGIN' + b'LYR' + b'%05d' % len(text) + text
  return body + b'%06d' % len(body) + b'LYRICS200'


def riff(kind, chunks, size=None):
  body = b'WAVE' + b''.join(chunks)
  return kind + struct.pack('<I', len(body) if size is None else size) + body


def chunk(name, content, order='<', pad=True):
  return name + struct.pack(order + 'I', len(content)) + content + (b'\0' if len(content) % 2 and pad else b'')


def atom(name, content, large=False):
  name = name if isinstance(name, bytes) else name.encode('latin-1')
  if large:
    return struct.pack('>I', 1) + name + struct.pack('>Q', len(content) + 16) + content
  return struct.pack('>I', len(content) + 8) + name + content


def data(content, kind=1):
  return atom('data', struct.pack('>II', kind, 0) + (content if isinstance(content, bytes) else content.encode()))


def free_item(name, *values):
  head = atom('mean', bytes(4) + b'com.apple.iTunes') + atom('name', bytes(4) + name.encode())
  return atom('----', head + b''.join(data(value) for value in values))


def movie(items, udta=True):
  hdlr = atom('hdlr', bytes(8) + b'mdirappl' + bytes(9))
  meta = atom('meta', bytes(4) + hdlr + atom('ilst', b''.join(items)))
  return atom('moov', atom('udta', meta) if udta else meta)


def flac_picture(kind, mime, payload):
  head = struct.pack('>II', kind, len(mime)) + mime.encode() + struct.pack('>I', 0)
  return head + struct.pack('>IIII', 0, 0, 0, 0) + struct.pack('>I', len(payload)) + payload


def comment(*pairs):
  body = struct.pack('<I', 4) + b'test' + struct.pack('<I', len(pairs))
  for pair in pairs:
    pair = pair if isinstance(pair, bytes) else pair.encode()
    body += struct.pack('<I', len(pair)) + pair
  return body


def flac_block(kind, content, last=False):
  return bytes([kind | (128 if last else 0)]) + struct.pack('>I', len(content))[1:] + content


def ogg_pages(packets, serial=7, first=0):
  """One page for the first packet, the rest running on over as many as they need; checksums left out."""
  out = b''
  groups = [group for group in (packets[:1], packets[1:]) if group]
  number = 0
  for group in groups:
    segments, body, continued = [], b'', False
    laced = []
    for packet in group:
      laced += [packet[i:i + 255] for i in range(0, len(packet) + 1, 255)]
    for at in range(0, max(len(laced), 1), 255):
      part = laced[at:at + 255]
      flags = (2 if number == 0 and first == 0 else 0) | (1 if continued else 0)
      out += b'OggS\0' + struct.pack('<BqIIIB', flags, 0, serial, number, 0, len(part))
      out += bytes(len(p) for p in part) + b''.join(part)
      continued = bool(part) and len(part[-1]) == 255
      number += 1
  return out
