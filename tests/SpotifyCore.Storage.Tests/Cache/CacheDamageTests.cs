using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Testing;

namespace SpotifyCore.Storage.Tests.Cache;

/// <summary>
/// Whatever happens to the files of a closed cache, it opens, takes chunks, and gives no wrong bytes.
/// </summary>
public sealed class CacheDamageTests : IDisposable
{
    private const int Files = 3;
    private const uint Chunks = 60;

    private readonly TempDirectory _directory = new();
    private readonly byte[] _buffer = new byte[Manifest.ChunkSize];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_ChunkBitFlipped_DropsThatChunkAlone()
    {
        await FillAsync();
        var segment = FilesOf("segments").First(path => new FileInfo(path).Length > 600_000);
        Flip(segment, bit: 500_000L * 8);

        await using var cache = await OpenAsync();
        Assert.Equal((int)(Files * Chunks) - 1, await CountRightAsync(cache));
        Assert.Equal(1, cache.Usage.Damaged);
        Assert.Equal((int)(Files * Chunks) - 1, await CountRightAsync(cache));
        Assert.Equal(1, cache.Usage.Damaged);
    }

    [Fact]
    public async Task Put_ChunkThatWasDropped_HoldsItAgain()
    {
        await FillAsync();
        Flip(FilesOf("segments").First(), bit: 200_000L * 8);
        await using var cache = await OpenAsync();
        await CountRightAsync(cache);

        await PutAllAsync(cache);
        Assert.Equal((int)(Files * Chunks), await CountRightAsync(cache));
    }

    [Fact]
    public async Task Open_NewestCheckpointDamaged_UsesTheOneBefore()
    {
        await FillAsync();
        await using (var cache = await OpenAsync())
        {
            await cache.PutAsync(TestChunks.Id(90, 0), TestChunks.Bytes(TestChunks.Id(90, 0)));
            await cache.FlushAsync();
        }

        Flip(Newest("checkpoint."), bit: 77);

        await using var again = await OpenAsync();
        Assert.Equal((int)(Files * Chunks), await CountRightAsync(again));
    }

    [Fact]
    public async Task Open_EveryCheckpointDamaged_BeginsEmpty()
    {
        await FillAsync();
        foreach (var path in Directory.GetFiles(_directory["cache"], "checkpoint.*"))
            File.WriteAllBytes(path, []);

        await using var cache = await OpenAsync();
        Assert.Equal(0, cache.Usage.HeldBytes);
        Assert.Equal(0, await CountRightAsync(cache));
        await PutAllAsync(cache);
        Assert.Equal((int)(Files * Chunks), await CountRightAsync(cache));
    }

    [Fact]
    public async Task Open_SegmentsGone_Opens()
    {
        await FillAsync();
        Directory.Delete(_directory["cache/segments"], recursive: true);

        await using var cache = await OpenAsync();
        await CountRightAsync(cache);
        await PutAllAsync(cache);
        Assert.Equal((int)(Files * Chunks), await CountRightAsync(cache));
    }

    [Fact]
    public async Task Open_AnyFileDamagedAnyhow_OpensAndGivesNothingWrong()
    {
        await FillAsync();
        CopyAll(_directory["cache"], _directory["whole"]);
        for (var seed = 0; seed < 40; seed++)
        {
            Directory.Delete(_directory["cache"], recursive: true);
            CopyAll(_directory["whole"], _directory["cache"]);
            Damage(new Random(seed));

            await using var cache = await OpenAsync();
            await CountRightAsync(cache);
            await cache.PutAsync(TestChunks.Id(70, 1), TestChunks.Bytes(TestChunks.Id(70, 1)));
            await cache.FlushAsync();
            await PutAllAsync(cache);
            Assert.True(Files * Chunks == await CountRightAsync(cache), $"seed {seed}");
        }
    }

    private void Damage(Random random)
    {
        var files = FilesOf("");
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var path = files[random.Next(files.Length)];
            var length = new FileInfo(path).Length;
            switch (random.Next(6))
            {
                case 0:
                    File.Delete(path);
                    files = FilesOf("");
                    break;
                case 1:
                    using (var stream = new FileStream(path, FileMode.Open))
                        stream.SetLength(random.NextInt64(length + 1));
                    break;
                case 2:
                    var noise = new byte[random.Next(1, 40_000)];
                    random.NextBytes(noise);
                    using (var stream = new FileStream(path, FileMode.Open))
                    {
                        stream.Position = random.NextInt64(length + 1);
                        stream.Write(noise);
                    }

                    break;
                default:
                    for (var flips = random.Next(1, 2_000); flips > 0 && length > 0; flips--)
                        Flip(path, random.NextInt64(length * 8));
                    break;
            }
        }
    }

    private async Task FillAsync()
    {
        await using var cache = await OpenAsync();
        await PutAllAsync(cache);
    }

    private static async Task PutAllAsync(FasterChunkCache cache)
    {
        for (var file = 0; file < Files; file++)
        {
            for (uint index = 0; index < Chunks; index++)
                await cache.PutAsync(TestChunks.Id(file, index), TestChunks.Bytes(TestChunks.Id(file, index)));

            await cache.FlushAsync();
        }
    }

    private async Task<int> CountRightAsync(FasterChunkCache cache)
    {
        var right = 0;
        for (var file = 0; file < Files; file++)
        {
            for (uint index = 0; index < Chunks; index++)
            {
                var length = await cache.ReadAsync(TestChunks.Id(file, index), _buffer);
                Assert.True(length == 0 || TestChunks.Matches(TestChunks.Id(file, index), _buffer.AsSpan(0, length)));
                right += length > 0 ? 1 : 0;
            }
        }

        return right;
    }

    private Task<FasterChunkCache> OpenAsync() => FasterChunkCache.OpenAsync(
        new ChunkCacheOptions { Directory = _directory["cache"], DiskBytes = 64L << 20, MemoryBytes = 16L << 20 },
        NullLogger<FasterChunkCache>.Instance);

    private string Newest(string prefix) => Directory.GetFiles(_directory["cache"], prefix + "*")
        .MaxBy(path => int.Parse(Path.GetExtension(path)[1..], System.Globalization.CultureInfo.InvariantCulture))!;

    private string[] FilesOf(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(_directory["cache"], folder), "*", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static void Flip(string path, long bit)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = bit / 8;
        var value = stream.ReadByte();
        stream.Position = bit / 8;
        stream.WriteByte((byte)(value ^ (1 << (int)(bit % 8))));
    }

    private static void CopyAll(string from, string to)
    {
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
