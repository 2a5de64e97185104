# What mutagen reads of a file, under the names the tests use.
import hashlib
import mutagen
from mutagen import id3, flac, mp4, apev2


def texts(values):
  return [str(value) for value in values if str(value)]


def picture(pictures):
  """Of (kind, bytes): the front cover, else one of no kind, else the first."""
  if not pictures:
    return None
  best = sorted(pictures, key=lambda p: {3: 0, 0: 1}.get(p[0], 2))[0]
  return hashlib.sha256(best[1]).hexdigest()


FRAMES = {'TIT2': 'title', 'TPE1': 'artists', 'TPE2': 'album_artists', 'TALB': 'album', 'TRCK': 'track',
'TPOS': 'disc',
          'TDRC': 'date', 'TDOR': 'original', 'TCOM': 'composers', 'TSRC': 'isrcs', 'TSST': 'disc_subtitle',
          'TSOT': 'title_sort', 'TSOP': 'artist_sorts', 'TSOA': 'album_sort', 'TSO2': 'album_artist_sorts'}
NAMES = {'title': 'title', 'artist': 'artists', 'album artist': 'album_artists', 'albumartist': 'album_artists',
         'album': 'album', 'tracknumber': 'track', 'track': 'track', 'discnumber': 'disc', 'disc': 'disc',
         'date': 'date',
         'year': 'date', 'composer': 'composers', 'isrc': 'isrcs', 'discsubtitle': 'disc_subtitle', 'genre': 'genres',
         'artistsort': 'artist_sorts', 'originaldate': 'original'}
ATOMS = {'\xa9nam': 'title', '\xa9ART': 'artists', 'aART': 'album_artists', '\xa9alb': 'album', '\xa9day': 'date',
         '\xa9wrt': 'composers', '\xa9gen': 'genres', 'sonm': 'title_sort', 'soar': 'artist_sorts'}


def of_id3(tag):
  found = {name: texts(tag[key].text) for key, name in FRAMES.items() if key in tag}
  if 'TCON' in tag:
    found['genres'] = texts(tag['TCON'].genres)
  found['picture'] = picture([(p.type, p.data) for p in tag.getall('APIC')])
  return found


def of_names(tag, pictures=()):
  found = {}
  for key in tag.keys():
    name = NAMES.get(key.lower())
    if name and name not in found:
      value = tag[key]
      found[name] = texts(value if isinstance(value, (list, apev2.APETextValue)) else [value])
  found['picture'] = picture(pictures)
  return found


def of_mp4(tag):
  found = {name: texts(tag[key]) for key, name in ATOMS.items() if key in tag}
  for key, name in (('trkn', 'track'), ('disk', 'disc')):
    if key in tag:
      found[name] = ['%d/%d' % tag[key][0]]
  found['picture'] = picture([(3, bytes(p)) for p in tag.get('covr', [])])
  return found


def read(path):
  """None where mutagen has no tags of it."""
  try:
    file = mutagen.File(path)
  except Exception:
    return None
  tag = getattr(file, 'tags', None)
  if tag is None:
    return None
  if isinstance(tag, id3.ID3):
    return of_id3(tag)
  if isinstance(tag, mp4.MP4Tags):
    return of_mp4(tag)
  if isinstance(tag, apev2.APEv2):
    covers = [(3 if 'front' in key.lower() else 4, tag[key].value.split(b'\0', 1)[1])
              for key in tag.keys() if key.lower().startswith('cover art')]
    return of_names({key: tag[key] for key in tag.keys() if not key.lower().startswith('cover art')}, covers)
  pictures = [(p.type, p.data) for p in getattr(file, 'pictures', [])]
  if not isinstance(file, flac.FLAC):
    import base64
    for block in tag.get('metadata_block_picture', []):
      p = flac.Picture(base64.b64decode(block))
      pictures.append((p.type, p.data))
  return of_names(tag, pictures)
