using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Running;

public sealed class HeldFilesTests : IDisposable
{
    private static readonly FileId One = new(1);
    private static readonly FileId Two = new(2);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_AfterAdds_RemembersThemInOrder()
    {
        using (var held = HeldFiles.Open(_directory["held"]))
        {
            held.Add(Two, 20);
            held.Add(One, 10);
            held.Add(Two, 20);
        }

        using var again = HeldFiles.Open(_directory["held"]);
        Assert.Equal([(Two, 20u), (One, 10u)], again.Latest(100));
        Assert.Equal([(One, 10u)], again.Latest(1));
        Assert.Equal((10u, 0u), (again.ChunksOf(One), again.ChunksOf(new FileId(3))));
    }

    [Fact]
    public void Open_TornOrDamagedLines_ForgetsOnlyThose()
    {
        string whole;
        using (var held = HeldFiles.Open(_directory["held"]))
        {
            held.Add(One, 123);
            held.Add(Two, 456);
        }

        whole = File.ReadAllText(_directory["held"]);
        for (var length = whole.Length - 1; length > whole.Length / 2; length--)
        {
            File.WriteAllText(_directory["held"], whole[..length]);
            using var torn = HeldFiles.Open(_directory["held"]);
            Assert.Equal((123u, 0u), (torn.ChunksOf(One), torn.ChunksOf(Two)));
            torn.Add(Two, 456);
            Assert.Equal(456u, torn.ChunksOf(Two));
        }

        File.WriteAllText(_directory["held"], $"nonsense\n{Two} -1\n{Two} 0\n\0\0\0\n\n{whole}");
        using var damaged = HeldFiles.Open(_directory["held"]);
        Assert.Equal([(One, 123u), (Two, 456u)], damaged.Latest(10));
    }

    [Fact]
    public void Add_BeyondTheLimit_ForgetsTheOldest()
    {
        using (var held = HeldFiles.Open(_directory["held"]))
        {
            for (var i = 1; i <= HeldFiles.Limit + 2; i++)
                held.Add(Numbered(i), 1);

            Assert.Equal(
                (0u, 0u, 1u), (held.ChunksOf(Numbered(1)), held.ChunksOf(Numbered(2)), held.ChunksOf(Numbered(3))));
        }

        using var again = HeldFiles.Open(_directory["held"]);
        Assert.Equal(HeldFiles.Limit, again.Latest(HeldFiles.Limit + 1).Length);
        Assert.Equal(0u, again.ChunksOf(Numbered(2)));
    }

    // Of many that differ in their last bytes alone, a table would find each behind all others.
    private static FileId Numbered(int number) => new((UInt128)number << 96);
}
