using SpotifyCore.Client.Uploading;

namespace SpotifyCore.Client.Tests.Uploading;

public sealed class UploadLedgerTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Note_WrittenOutOfOrder_TheNewestStands()
    {
        var ledger = UploadLedger.Open(_directory["uploads"]);
        var older = ledger.Note("2031-04", 1, null);
        var newer = ledger.Note("2031-04", 2, null);
        newer();
        older();

        Assert.Equal(2, UploadLedger.Open(_directory["uploads"]).Bytes);
    }
}
