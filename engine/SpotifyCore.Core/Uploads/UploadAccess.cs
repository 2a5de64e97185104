using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Uploads;

/// <summary>The files that one peer may be served: those it asked about last and that were held whole.</summary>
/// <param name="places">How many are remembered.</param>
internal sealed class UploadAccess(int places)
{
    private readonly FileId[] _files = new FileId[places];
    private int _count;

    public bool Allows(FileId file)
    {
        for (var i = 0; i < Math.Min(_count, places); i++)
        {
            if (_files[i] == file)
                return true;
        }

        return false;
    }

    public void Allow(FileId file)
    {
        if (!Allows(file))
            _files[_count++ % places] = file;
    }
}
