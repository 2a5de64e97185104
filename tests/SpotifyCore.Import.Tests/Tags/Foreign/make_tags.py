# Makes odd but valid tags, by mutagen and by hand, with what is right for each and what mutagen reads of it.
# Use: /usr/bin/python3 make_tags.py FOLDER; prints JSON.
import base64
import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
import unicodedata
from mutagen.apev2 import APEv2
from mutagen.flac import FLAC, Picture
from mutagen.id3 import (APIC, COMM, ID3, TALB, TCMP, TCOM, TCON, TDOR, TDRC, TIT2, TPE1, TPE2, TPOS, TRCK, TSO2, TSOA,
                         TSOP, TSOT, TSRC, TSST, TXXX, UFID)
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wavpack import WavPack
from mutagen.aiff import AIFF
from mutagen.wave import WAVE
import mutagen_answers
from parts import *

folder = sys.argv[1]
cases = []
JPEG = b'\xff\xd8\xff\xe0' + bytes(range(256)) * 20 + b'\xff\x00\xff\xe0\xff'
PNG = b'\x89PNG\r\n\x1a\n' + bytes(range(255, -1, -1)) * 12
RECORDING = 'a1b2c3d4-0001-4000-8000-000000000001'
TRACK = 'a1b2c3d4-0002-4000-8000-000000000002'
RELEASE = 'a1b2c3d4-0003-4000-8000-000000000003'
GROUP = 'a1b2c3d4-0004-4000-8000-000000000004'
ANN = 'a1b2c3d4-0005-4000-8000-000000000005'
BO = 'a1b2c3d4-0006-4000-8000-000000000006'


def base(name):
  return os.path.join(folder, 'base', name)


def load(name):
  return open(base(name), 'rb').read()


def make_bases():
  os.makedirs(base(''))
  outputs = [['-id3v2_version', '0', '-write_xing', '0', base('a.mp3')], [base('a.flac')], [base('a.opus')],
             [base('a.m4a')], ['-movflags', 'faststart', base('fast.m4a')], [base('a.wv')], [base('a.wav')],
             [base('a.aiff')], ['-c:a', 'libvorbis', base('a.ogg')]]
  command = ['ffmpeg', '-v', 'error', '-nostdin', '-f', 'lavfi', '-i', 'sine=d=0.3:r=44100']
  for arguments in outputs:
    command += ['-map_metadata', '-1', '-fflags', '+bitexact'] + arguments
  subprocess.run(command, check=True)


def case(name, content, differs=False, **right):
  """A file by its bytes, or by what tags a copy: content is (base, function of the path)."""
  path = os.path.join(folder, name)
  os.makedirs(os.path.dirname(path), exist_ok=True)
  if isinstance(content, bytes):
    open(path, 'wb').write(content)
  else:
    shutil.copy(base(content[0]), path)
    content[1](path)
  cases.append({'name': name, 'right': right, 'differs': differs, 'mutagen': mutagen_answers.read(path)})


def sha(data):
  return hashlib.sha256(data).hexdigest()


ALL = dict(title='Tïtle', artists=['Ann Vale', 'Bo; Wick/Orr'], album='Älbum', album_artists=['Ann Vale', 'Bo'],
           genres=['Rock', 'Jazz'], year=2012, original_year=1994, number=3, track_total=12, disc=1, disc_total=2,
           composers=['Cy', 'Di'], isrcs=['USXX19900001'], compilation=True, artist_sorts=['Vale, Ann'],
           recording=RECORDING, track_id=TRACK, release=RELEASE, release_group=GROUP, artist_ids=[ANN, BO])


def full_id3(path, version=4):
  tag = ID3()
  for frame in (TIT2(3, 'Tïtle'), TPE1(3, ['Ann Vale', 'Bo; Wick/Orr']), TALB(3, 'Älbum'), TPE2(3, ['Ann Vale', 'Bo']),
                TCON(3, ['Rock', 'Jazz']), TDRC(3, '2012-03-05'), TDOR(3, '1994'), TRCK(3, '3/12'), TPOS(3, '1/2'),
                TCOM(3, ['Cy', 'Di']), TSRC(3, 'USXX19900001'), TCMP(3, '1'), TSOP(3, 'Vale, Ann'), TSOT(3,
                'Title, T'),
                TSOA(3, 'Album, A'), TSO2(3, 'Vale'), TSST(3, 'Night'), COMM(3, 'eng', 'iTunNORM', '000'),
                COMM(3, 'eng', '', 'Wörds'), UFID('http://musicbrainz.org', RECORDING.encode()),
                TXXX(3, 'MusicBrainz Release Track Id', TRACK), TXXX(3, 'MusicBrainz Album Id', RELEASE),
                TXXX(3, 'MusicBrainz Release Group Id', GROUP), TXXX(3, 'MusicBrainz Artist Id', [ANN, BO]),
                APIC(3, 'image/png', 4, 'back', PNG), APIC(3, 'image/jpeg', 3, 'front', JPEG)):
    tag.add(frame)
  if version == 3:
    tag.update_to_v23()
  tag.save(path, v2_version=version, v23_sep=None)


def id3_by_mutagen():
  extra = dict(comment='Wörds', disc_subtitle='Night', title_sort='Title, T', album_sort='Album, A',
               album_artist_sorts=['Vale'], picture=sha(JPEG), media_type='image/jpeg')
  case('id3/24.mp3', ('a.mp3', full_id3), **ALL, **extra)
  # 2.3 has no set subtitle, and mutagen keeps what it has for the sort orders.
  del extra['disc_subtitle'], extra['title_sort'], extra['album_sort'], extra['album_artist_sorts']
  right = {name: value for name, value in ALL.items() if name != 'artist_sorts'}
  case('id3/23.mp3', ('a.mp3', lambda path: full_id3(path, 3)), **right, **extra)
  case('id3/in-wav.wav', ('a.wav', lambda path: wave_tag(path, WAVE)), title='In Chunk', artists=['Ann', 'Bo'])
  case('id3/in-aiff.aiff', ('a.aiff', lambda path: wave_tag(path, AIFF)), title='In Chunk', artists=['Ann', 'Bo'])
  case('id3/ending-lies.flac', ('a.mp3', full_id3), **ALL)
  case('id3/on-flac.flac', id3(4, frame24('TIT2', utf8('Worse')) + frame24('TPE2', utf8('Only here')))
       + tagged_flac(TITLE='Better'), title='Better', album_artists=['Only here'])


def wave_tag(path, kind):
  file = kind(path)
  file.add_tags()
  file.tags.add(TIT2(3, 'In Chunk'))
  file.tags.add(TPE1(3, ['Ann', 'Bo']))
  file.save()


def tagged_flac(**tags):
  path = os.path.join(folder, 'base', 'tagged.flac')
  shutil.copy(base('a.flac'), path)
  file = FLAC(path)
  for key, value in tags.items():
    file[key] = value
  file.save()
  return open(path, 'rb').read()


def id3_by_hand():
  sound = load('a.mp3')
  t3 = lambda *frames, flags=0: id3(3, b''.join(frames), flags) + sound
  t4 = lambda *frames, flags=0: id3(4, b''.join(frames), flags) + sound
  old = [frame22('TT2', latin('Öld')), frame22('TP1', latin('Ann')), frame22('TAL', latin('Dísc')),
         frame22('TCO', latin('(17)')), frame22('TYE', latin('1999')), frame22('TRK', latin('4/9')),
         frame22('TPA', latin('2/2')), frame22('TCM', latin('Cy')), frame22('TCP', latin('1')),
         frame22('TXX', latin('ALBUM ARTIST\0Both')), frame22('COM', b'\0eng\0' + 'Nöte'.encode('cp1252')),
         frame22('PIC', b'\0PNG\3\0' + PNG)]
  right = dict(title='Öld', artists=['Ann'], album='Dísc', genres=['Rock'], year=1999, number=4, track_total=9, disc=2,
               disc_total=2, composers=['Cy'], compilation=True, album_artists=['Both'], comment='Nöte',
               picture=sha(PNG))
  case('id3/22.mp3', id3(2, b''.join(old)) + sound, **right)
  case('id3/22-unsync.mp3', id3(2, unsync(b''.join(old)), 0x80) + sound, **right)
  named = [frame23('TIT2', utf16('Last letter ÿ')), frame23('APIC', apic(JPEG)), frame23('TPE1', utf16('Behind it ÿ'))]
  case('id3/23-unsync.mp3', id3(3, unsync(b''.join(named)), 0x80) + sound, title='Last letter ÿ',
       artists=['Behind it ÿ'], picture=sha(JPEG))
  case('id3/24-unsync.mp3', t4(frame24('TIT2', unsync(utf16('ÿÿ end')), 2),
                               frame24('APIC', syncsafe(len(apic(JPEG))) + unsync(apic(JPEG)), 3),
                               frame24('TPE1', utf8('Behind'))), title='ÿÿ end', artists=['Behind'], picture=sha(JPEG))
  case('id3/24-all-unsync.mp3', t4(frame24('TIT2', unsync(utf16('ÿÿ end')), 2), frame24('APIC', unsync(apic(JPEG)), 2),
                                   flags=0x80), title='ÿÿ end', picture=sha(JPEG))
  case('id3/24-not-unsync.mp3', t4(frame24('APIC', syncsafe(len(apic(JPEG))) + apic(JPEG), 3)), picture=sha(JPEG))
  flags = dict(title='Packed', artists=['In group'], album='', number=5)
  case('id3/23-flags.mp3', t3(frame23('TIT2', compressed23(utf16('Packed')), 0x80),
                              frame23('TPE1', b'\x07' + latin('In group'), 0x20),
                              frame23('TALB', b'\1secret', 0x40), frame23('TRCK', latin('5'))), **flags)
  case('id3/24-flags.mp3', t4(frame24('TIT2', compressed24(utf8('Packed')), 9),
                              frame24('TPE1', b'\x07' + utf8('In group'), 0x40),
                              frame24('TALB', b'\1secret', 4), frame24('TRCK', utf8('5'))), **flags)
  case('id3/not-zlib.mp3', t4(frame24('TIT2', syncsafe(9) + b'not zlib!', 9), frame24('TPE1', utf8('Ann'))),
       title='', artists=['Ann'])
  case('id3/zlib-dictionary.mp3', t4(frame24('TIT2', syncsafe(9) + b'\x78\x20\1\2\3\4xyz', 9), frame24('TPE1',
       utf8('Ann'))),
       title='', artists=['Ann'])
  extended3 = struct.pack('>IHI', 6, 0, 0)
  case('id3/23-extended.mp3', t3(extended3, frame23('TIT2', latin('Beyond')), flags=0x40), title='Beyond')
  case('id3/23-extended-crc.mp3', t3(struct.pack('>IHII', 10, 0x8000, 0, 77), frame23('TIT2', latin('Beyond')),
       flags=0x40),
       title='Beyond')
  case('id3/24-extended.mp3', t4(syncsafe(12) + b'\1\x60\0\5' + bytes(4), frame24('TIT2', utf8('Beyond')), flags=0x40),
       title='Beyond')
  case('id3/23-extended-absent.mp3', t3(frame23('TIT2', latin('Not there')), flags=0x40), title='Not there')
  case('id3/24-plain-sizes.mp3', t4(frame23('APIC', apic(JPEG)), frame23('TIT2', utf8('By old iTunes')), bytes(9)),
       title='By old iTunes', picture=sha(JPEG))
  case('id3/23-short-names.mp3', t3(frame23('TT2\0', latin('Short')), frame23('TP1\0', latin('Names'))),
       title='Short', artists=['Names'])
  case('id3/footer.mp3', id3(4, frame24('TIT2', utf8('Has a footer')), 0x10, footer=True) + sound,
       title='Has a footer')
  case('id3/appended.mp3', sound + id3(4, frame24('TIT2', utf8('At the end')), 0x10, footer=True)
       + id3v1(b'Short', b'Ann', b'', b'', b'', 0, 255), title='At the end', artists=['Ann'], differs=True)
  case('id3/two.mp3', id3(3, frame23('TIT2', latin('First')) + bytes(20)) + id3(4, frame24('TPE1',
       utf8('Second'))) + sound,
       title='First', artists=['Second'])
  case('id3/names-beside.mp3', t4(frame24('TXXX', utf8('ALBUM ARTIST\0Worse')), frame24('TPE2', utf8('Better')),
                                  frame24('TXXX', utf8('ORIGINALYEAR\x001971')), frame24('TDRL', utf8('2001'))),
       album_artists=['Better'], original_year=1971, year=2001)
  case('id3/ids-in-one.mp3', t3(frame23('TXXX', latin('MusicBrainz Artist Id\0' + ANN + '/' + BO))), artist_ids=[ANN,
       BO])
  case('id3/artists-beside.mp3', t4(frame24('TPE1', utf8('Ann Vale feat. Bo')), frame24('TXXX',
       utf8('ARTISTS\0Ann Vale\0Bo'))),
       artists=['Ann Vale', 'Bo'], differs=True)
  case('id3/slash.mp3', t3(frame23('TPE1', latin('AB/CD')), frame23('TCON', latin('Pop/Rock'))), artists=['AB/CD'],
       genres=['Pop/Rock'])


def genres():
  sound = load('a.mp3')
  for name, text, right in (('bracket', '(17)', ['Rock']), ('bare', '17', ['Rock']),
                            ('refined', '(4)Eurodisco', ['Eurodisco', 'Disco']), ('remix', '(RX)', ['Remix']),
                            ('two', '(31)(39)', ['Trance', 'Noise']), ('escaped', '((Foo)', ['(Foo)']),
                            ('same', '(17)Rock', ['Rock']), ('cover', 'CR', ['Cover']), ('unknown', '(999)',
                            ['(999)'])):
    case('genres/%s.mp3' % name, id3(3, frame23('TCON', latin(text))) + sound, genres=right,
         differs=name in ('unknown',))


def texts():
  sound = load('a.mp3')
  t3 = lambda *frames: id3(3, b''.join(frames)) + sound
  t4 = lambda *frames: id3(4, b''.join(frames)) + sound
  nul = [frame24('TPE1', utf8('Hal Ivy\0Jo Kerr')), frame24('TCON', utf8('Rock\0Jazz\0'))]
  case('texts/nul.mp3', t4(*nul), artists=['Hal Ivy', 'Jo Kerr'], genres=['Rock', 'Jazz'])
  case('texts/nul-utf16.mp3', t3(frame23('TPE1', utf16('Hal') + b'\0\0\xff\xfe' + 'Jo'.encode('utf-16-le') + b'\0\0')),
       artists=['Hal', 'Jo'])
  case('texts/nul-one-mark.mp3', t3(frame23('TPE1', b'\1\xfe\xff' + 'Hal\0Jö'.encode('utf-16-be'))), artists=['Hal',
       'Jö'], differs=True)
  case('texts/big-endian.mp3', t4(frame24('TIT2', b'\2' + 'Sixteen Bé'.encode('utf-16-be'))), title='Sixteen Bé')
  case('texts/big-endian-not.mp3', t4(frame24('TIT2', b'\2' + 'Sixteen'.encode('utf-16-le'))), title='Sixteen',
       differs=True)
  case('texts/no-mark.mp3', t3(frame23('TIT2', b'\1' + 'No Mark'.encode('utf-16-le')), frame23('TPE1',
       b'\1' + '雨'.encode('utf-16-le'))),
       title='No Mark', artists=['雨'])
  case('texts/no-mark-big.mp3', t3(frame23('TIT2', b'\1' + 'No Mark'.encode('utf-16-be')), frame23('TPE1',
       b'\1' + '雨'.encode('utf-16-be'))),
       title='No Mark', artists=['雨'], differs=True)
  case('texts/no-mark-greek.mp3', t3(frame23('TIT2', b'\1' + 'Θάλασσα'.encode('utf-16-be'))), title='Θάλασσα',
       differs=True)
  case('texts/half-letter.mp3', t3(frame23('TIT2', (utf16('Cut')[:-1])), frame23('TPE1', utf16('Ann'))), title='Cut',
       artists=['Ann'])
  case('texts/1252.mp3', t3(frame23('TIT2', b'\0Don\x92t \x96 \x80'), frame23('TPE1', b'\0Bj\xf6rn')),
       title='Don’t – €',
       artists=['Björn'], differs=True)
  case('texts/utf8-said-latin.mp3', t3(frame23('TIT2', b'\0' + 'Пример'.encode()), frame23('TPE1',
       b'\0' + 'Ün'.encode())),
       title='Пример', artists=['Ün'], differs=True)
  case('texts/mixed-is-1252.mp3', t3(frame23('TIT2', b'\0\xc3\xa9'), frame23('TPE1', b'\0Bj\xf6rn')), title='Ã©',
       artists=['Björn'])
  case('texts/not-utf8.mp3', t4(frame24('TIT2', b'\3Bj\xf6rn'), frame24('TPE1', utf8('Jörg'))), title='Björn',
       artists=['Jörg'])
  case('texts/latin1.mp3', sound + id3v1('Café'.encode('cp1252'), b'Beyon\x92t', b'Disc', b'1987', b'Words', 7, 17),
       title='Café', artists=['Beyon’t'], album='Disc', year=1987, comment='Words', number=7, genres=['Rock'],
       differs=True)
  case('texts/v1-utf8.mp3', sound + id3v1('Пример'.encode(), ('я' * 20).encode()[:30], b'', b'', b'', 0, 255),
       title='Пример', artists=['я' * 15], number=0, genres=[], differs=True)
  case('texts/v1-utf8-cut.mp3', sound + id3v1(('x' + 'я' * 20).encode(), b'', b'', b'', b'', 0, 255),
       title='x' + 'я' * 14,
       differs=True)
  case('texts/v1-latin-full.mp3', sound + id3v1(b'x' * 29 + b'\xe9', b'', b'', b'', b'', 0, 255), title='x' * 29 + 'é')
  controls = 'A\x1b[31m\u202eb\u200bc\ud55c'
  case('texts/controls.mp3', t4(frame24('TIT2', utf8(controls))), title='A[31mbc한')
  for form in ('NFC', 'NFD'):
    text = unicodedata.normalize(form, 'Zoë Étoile 김소리 ガラス Майский')
    case('texts/%s.mp3' % form, t4(frame24('TIT2', utf8(text))), title='Zoë Étoile 김소리 ガラス Майский')
  case('texts/long.mp3', t4(frame24('TIT2', utf8('ä' * 20000)), frame24('TPE1', utf8('Ann'))), title='ä' * 1000,
       artists=['Ann'])


def at_the_end():
  sound = load('a.mp3')
  items = [('Title', 'Äped'), ('ARTIST', 'Ann\0Bo'), ('Album', 'Aped Album'), ('Album Artist', 'Aped Band'), ('Track',
           '3/12'),
           ('Disc', '1/2'), ('Year', '2004'), ('Genre', 'Rock'), ('MUSICBRAINZ_TRACKID', RECORDING),
           ('Cover Art (Back)', b'back.png\0' + PNG), ('Cover Art (Front)', b'front.jpg\0' + JPEG)]
  right = dict(title='Äped', artists=['Ann', 'Bo'], album='Aped Album', album_artists=['Aped Band'], number=3,
               track_total=12, disc=1, disc_total=2, year=2004, genres=['Rock'], recording=RECORDING,
               picture=sha(JPEG))
  v1 = id3v1(b'One', b'Two', b'Three', b'1970', b'Four', 9, 3)
  case('ape/wavpack.wv', load('a.wv') + ape(items), **right)
  case('ape/mp3.mp3', sound + ape(items), **right)
  case('ape/no-header.wv', load('a.wv') + ape(items, header=False), **right)
  case('ape/before-v1.mp3', sound + ape(items) + v1, differs=True, comment='Four', **right)
  case('ape/lyrics.mp3', sound + ape(items) + lyrics3(b'La la TAG la') + v1, differs=True, comment='Four', **right)
  case('ape/extended-v1.mp3', sound + ape(items) + b'TAG+' + bytes(223) + v1, differs=True, comment='Four', **right)
  case('ape/front.mp3', ape(items, at_start=True) + sound, **right)
  case('ape/short.mp3', sound + ape([('Title', 'x')]), title='x', artists=[])
  case('ape/version1.mp3', sound + ape([('Title', 'Bj\xf6rn'.encode('latin-1'))], version=1000, header=False),
       title='Björn')
  v2 = id3(4, frame24('TIT2', utf8('From v2')))
  case('ape/all-three.mp3', v2 + sound + ape([('Title', 'Worse'), ('Artist', 'From APE')]) + v1, title='From v2',
       artists=['From APE'], album='Three', differs=True)
  case('ape/first-in-wavpack.wv', v2 + load('a.wv') + ape([('Title', 'From APE')]), title='From APE')
  back = id3(3, frame23('APIC', apic(PNG, kind=4)))
  case('ape/front-of-two.mp3', back + sound + ape(items[-1:]), picture=sha(JPEG), differs=True)
  case('ape/mutagen.wv', ('a.wv', ape_by_mutagen), title='Äped', artists=['Ann', 'Bo'], album_artists=['Band'],
       number=2)


def ape_by_mutagen(path):
  tag = APEv2()
  for key, value in (('Title', 'Äped'), ('Artist', ['Ann', 'Bo']), ('Album Artist', 'Band'), ('Track', '2/9')):
    tag[key] = value
  tag.save(path)


def flac_pictures(path):
  file = FLAC(path)
  for kind, mime, payload in ((4, 'image/png', PNG), (3, 'image/jpeg', JPEG), (0, 'image/png', PNG + b'x')):
    picture = Picture()
    picture.type, picture.mime, picture.data = kind, mime, payload
    file.add_picture(picture)
  vorbis(file)
  file.save()


def vorbis(file):
  for key, value in (('TITLE', 'Tïtle'), ('ARTIST', ['Ann Vale', 'Bo; Wick/Orr']), ('ALBUM', 'Älbum'), ('DATE',
           '2012-03-05'),
                     ('ALBUMARTIST', ['Ann Vale', 'Bo']), ('GENRE', ['Rock', 'Jazz']), ('ORIGINALDATE', '1994'),
                     ('TRACKNUMBER', '03'), ('TRACKTOTAL', '12'), ('DISCNUMBER', '1'), ('TOTALDISCS', '2'),
                     ('COMPOSER', ['Cy', 'Di']), ('ISRC', 'US-XX1-99-00001'), ('COMPILATION', '1'),
                     ('ARTISTSORT', 'Vale, Ann'), ('MUSICBRAINZ_TRACKID', RECORDING), ('MUSICBRAINZ_RELEASETRACKID',
                     TRACK),
                     ('MUSICBRAINZ_ALBUMID', RELEASE), ('MUSICBRAINZ_RELEASEGROUPID', GROUP),
                     ('MUSICBRAINZ_ARTISTID', [ANN, BO])):
    file[key] = value


def ogg(path, kind):
  file = kind(path)
  vorbis(file)
  file['METADATA_BLOCK_PICTURE'] = [base64.b64encode(flac_picture(kind_of, mime, payload)).decode()
                                    for kind_of, mime, payload in ((0, 'image/png', PNG), (3, 'image/jpeg',
                                             JPEG * 60))]
  file.save()


def chained(path):
  ogg(path, OggOpus)
  first = open(path, 'rb').read()
  other = OggOpus(base('a.opus'))
  other['TITLE'] = 'The second link'
  other.save()
  open(path, 'ab').write(load('a.opus'))


def vorbis_comments():
  big = dict(picture=sha(JPEG * 60), media_type='image/jpeg')
  right = {**ALL, 'artist_sorts': ['Vale, Ann']}
  case('vorbis/all.flac', ('a.flac', flac_pictures), picture=sha(JPEG), **right)
  case('vorbis/all.ogg', ('a.ogg', lambda path: ogg(path, OggVorbis)), **right, **big)
  case('vorbis/all.opus', ('a.opus', lambda path: ogg(path, OggOpus)), **right, **big)
  case('vorbis/ending-lies.mp3', ('a.opus', lambda path: ogg(path, OggOpus)), **right, **big)
  case('vorbis/chained.opus', ('a.opus', chained), **right, **big)
  case('vorbis/twice.flac', tagged_flac(**{'ALBUM ARTIST': 'Band', 'ALBUMARTIST': 'Band', 'DATE': '2001',
       'YEAR': '2001'}),
       album_artists=['Band'], year=2001)
  case('vorbis/semicolon.flac', tagged_flac(TITLE='Gate; Opening', ARTIST='Stone;Gate Choir'), title='Gate; Opening',
       artists=['Stone;Gate Choir'])
  named = [b'TITLE=Bj\xf6rn', 'ARTIST=Jörg', 'track_number=A2', b'COVERART=' + base64.b64encode(PNG).rstrip(b'=')]
  stream = load('a.flac')[4:42]
  head = b'fLaC' + bytes([0]) + stream[1:]
  case('vorbis/not-utf8.flac', head + flac_block(4, comment(*named), True), title='Björn', artists=['Jörg'], number=2,
       side=1,
       picture=sha(PNG), differs=True)
  speex = b'Speex   ' + bytes(72)
  case('vorbis/speex.spx', ogg_pages([speex, comment('TITLE=Spoken', 'ARTIST=Ann', 'ARTIST=Bo')]), title='Spoken',
       artists=['Ann', 'Bo'])
  flac_head = b'\x7fFLAC\1\0\0\2fLaC' + stream
  case('vorbis/in-ogg.oga', ogg_pages([flac_head, flac_block(4, comment('TITLE=Flac in Ogg')),
                                       flac_block(6, flac_picture(3, 'image/jpeg', JPEG * 60), True)]),
       title='Flac in Ogg', picture=sha(JPEG * 60), differs=True)
  opus = [b'OpusHead' + bytes(11), b'OpusTags' + comment('TITLE=Beside others')]
  other = ogg_pages([b'fishead\0' + bytes(56)], serial=3)
  pages = ogg_pages(opus)
  cut = pages.index(b'OggS', 4)
  case('vorbis/interleaved.ogg', other + pages[:cut] + ogg_pages([b'x' * 300], serial=3, first=1) + pages[cut:],
       title='Beside others')


def mp4_by_mutagen(path):
  file = MP4(path)
  tags = {'\xa9nam': 'Tïtle', '\xa9ART': ['Ann Vale', 'Bo; Wick/Orr'], '\xa9alb': 'Älbum', 'aART': ['Ann Vale', 'Bo'],
          '\xa9gen': ['Rock', 'Jazz'], '\xa9day': '2012-03-05T07:00:00Z', 'trkn': [(3, 12)], 'disk': [(1, 2)],
          '\xa9wrt': ['Cy', 'Di'], 'cpil': True, 'soar': 'Vale, Ann', '\xa9cmt': 'Wörds',
          'covr': [MP4Cover(JPEG, MP4Cover.FORMAT_PNG), MP4Cover(PNG, MP4Cover.FORMAT_PNG)]}
  free = {'ORIGINALYEAR': '1994', 'ISRC': 'USXX19900001', 'MusicBrainz Track Id': RECORDING, 'DISCSUBTITLE': 'Night',
          'MusicBrainz Release Track Id': TRACK, 'MusicBrainz Album Id': RELEASE,
          'MusicBrainz Release Group Id': GROUP}
  for key, value in {**tags, **{'----:com.apple.iTunes:' + k: v.encode() for k, v in free.items()}}.items():
    file[key] = value
  file['----:com.apple.iTunes:MusicBrainz Artist Id'] = [ANN.encode(), BO.encode()]
  file.save()


def mp4():
  right = dict(comment='Wörds', disc_subtitle='Night', picture=sha(JPEG), media_type='image/jpeg', **ALL)
  case('mp4/mdat-first.m4a', ('a.m4a', mp4_by_mutagen), **right)
  case('mp4/moov-first.m4a', ('fast.m4a', mp4_by_mutagen), **right)
  case('mp4/ending-lies.mp3', ('a.m4a', mp4_by_mutagen), **right)
  head = atom('ftyp', b'M4A \0\0\0\0')
  items = [atom('\xa9ART', data('Ann')), atom('\xa9ART', data('Bo')), atom('\xa9nam', data('One; Two')),
           atom('gnre', data(b'\0\x12', 0)), atom('trkn', data(b'\0\0\0\5\0\0\0\0', 0)), free_item('ARTISTS', 'Ann',
           'Bo'),
           atom('xid ', data('Maker:isrc:USXX19900002'))]
  answer = dict(artists=['Ann', 'Bo'], title='One; Two', genres=['Rock'], number=5, track_total=0,
       isrcs=['USXX19900002'])
  case('mp4/repeated.m4a', head + movie(items) + atom('mdat', bytes(20)), **answer)
  case('mp4/large-mdat.m4a', head + atom('mdat', bytes(20), large=True) + movie(items), **answer)
  case('mp4/no-udta.m4a', head + movie(items, udta=False), **answer)
  case('mp4/no-ftyp.m4a', atom('wide', b'') + atom('mdat', bytes(9)) + movie(items), **answer)
  case('mp4/to-the-end.m4a', head + movie(items) + struct.pack('>I', 0) + b'mdat' + bytes(30), **answer)
  case('mp4/utf16.m4a', head + movie([atom('\xa9nam', data('Sechzehn ä'.encode('utf-16-be'), 2)),
                                      atom('\xa9ART', data(b'Bj\xf6rn'))]), title='Sechzehn ä', artists=['Björn'])
  text = 'Quick Tïme'.encode()
  case('mp4/quicktime.mov', head + atom('moov', atom('udta', atom('\xa9nam', struct.pack('>HH', len(text),
       0) + text))),
       title='Quick Tïme')


def chunks():
  wav = load('a.wav')
  fmt, sound = wav[12:36], chunk(b'data', bytes(3001))
  z = lambda text: text.encode('cp1252') + b'\0'
  info = lambda *items: chunk(b'LIST', b'INFO' + b''.join(items))
  items = [chunk(b'INAM', z('Café Wave')), chunk(b'IART', z('Beyóna')), chunk(b'IPRD', z('Riffs')), chunk(b'ICRD',
           z('2003-05-01')),
           chunk(b'ITRK', z('4')), chunk(b'IGNR', z('Pop')), chunk(b'ISRC', z('A CD')), chunk(b'ICMT', z('Nöte'))]
  right = dict(title='Café Wave', artists=['Beyóna'], album='Riffs', year=2003, number=4, genres=['Pop'], isrcs=[],
       comment='Nöte')
  case('riff/info.wav', riff(b'RIFF', [fmt, info(*items), sound]), **right)
  case('riff/info-behind.wav', riff(b'RIFF', [fmt, sound, info(*items)]), **right)
  case('riff/info-utf8.wav', riff(b'RIFF', [fmt, sound, info(chunk(b'INAM', 'Пример'.encode() + b'\0'))]),
       title='Пример')
  odd = [chunk(b'INAM', b'odd', pad=False), chunk(b'IART', b'not padded', pad=False)]
  case('riff/not-padded.wav', riff(b'RIFF', [fmt, chunk(b'LIST', b'INFO' + b''.join(odd), pad=False), sound]),
       title='odd',
       artists=['not padded'])
  tag = id3(3, frame23('TIT2', latin('In chunk')) + frame23('TPE1', utf16('Ännchen')))
  case('riff/both.wav', riff(b'RIFF', [fmt, info(*items), sound, chunk(b'id3 ', tag)]), **{**right,
       'title': 'In chunk',
       'artists': ['Ännchen']})
  bext = chunk(b'bext', bytes(320) + b'1999-12-31' + bytes(280))
  case('riff/broadcast.wav', riff(b'RIFF', [bext, fmt, sound]), year=1999, title='')
  case('riff/broadcast-info.wav', riff(b'RIFF', [bext, fmt, info(*items), sound]), **right)
  sizes = chunk(b'ds64', struct.pack('<QQQI', 4000, 3001, 0, 0))
  large = b'data' + struct.pack('<I', 0xFFFFFFFF) + bytes(3002)
  case('riff/rf64.wav', riff(b'RF64', [sizes, fmt, large, info(*items)], 0xFFFFFFFF), **right)
  case('riff/streamed.wav', riff(b'RIFF', [fmt, info(*items), large], 0xFFFFFFFF), **right)
  aiff = load('a.aiff')[12:]
  form = lambda *more: b'FORM' + struct.pack('>I', 4 + len(aiff) + sum(map(len,
           more))) + b'AIFF' + aiff + b''.join(more)
  own = [chunk(b'NAME', 'Näme'.encode('cp1252'), '>'), chunk(b'AUTH', b'Ann', '>')]
  case('aiff/own.aiff', form(*own), title='Näme', artists=['Ann'])
  case('aiff/both.aiff', form(*own, chunk(b'ID3 ', tag, '>')), title='In chunk', artists=['Ännchen'])
  sound = bytes(100)
  dsf = b'DSD ' + struct.pack('<QQQ', 28, 128 + len(tag), 128) + sound
  case('dsd/a.dsf', dsf + tag, title='In chunk', artists=['Ännchen'])
  body = b'DSD ' + b'FVER' + struct.pack('>Q', 4) + bytes(4) + b'DSD ' + struct.pack('>Q', 10) + bytes(10) \
      + b'ID3 ' + struct.pack('>Q', len(tag)) + tag
  case('dsd/a.dff', b'FRM8' + struct.pack('>Q', len(body)) + body, title='In chunk', artists=['Ännchen'])


make_bases()
for part in (id3_by_mutagen, id3_by_hand, genres, texts, at_the_end, vorbis_comments, mp4, chunks):
  part()
json.dump(cases, sys.stdout)
