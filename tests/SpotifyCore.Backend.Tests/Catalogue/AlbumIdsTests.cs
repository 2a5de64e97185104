using SpotifyCore.Backend.Catalogue;

namespace SpotifyCore.Backend.Tests.Catalogue;

public sealed class AlbumIdsTests
{
    /// <summary>As version 5 of the database has them.</summary>
    [Theory]
    [InlineData("The Razors Edge", "AC/DC", "04acc5d6aa37cf9e8da5cfe614c0054e")]
    [InlineData("÷", "Ed Sheeran", "1082ff672cd6c47cd286981225395176")]
    [InlineData("Homogenic", "Björk", "68128318898eda07b9c33c14899b2db4")]
    [InlineData("Rumours", "Fleetwood Mac", "97ff0cf2cbd89ea1fc2e13f3b3f1839d")]
    [InlineData("THE BOOK", "YOASOBI", "11f21eeea31ec5d18fe689a4bbdc81b1")]
    [InlineData("Ёлочка № 1", "Various\u001fРазные", "a6ae6de0cb29bfccb7d7f50f952d16cb")]
    [InlineData("Οδός Νεφέλης ’88", "Χάρις Αλεξίου", "7dc530f4943580321f7068f9b1e1c581")]
    [InlineData("ＦＵＬＬ Straße & Æther", "MØ", "36a92190d8131b4515fdbc6a43474b38")]
    [InlineData("싸이6甲 Part 1", "싸이", "a1477c2faa7b3ba81b3e64e9e09ae641")]
    public void Of_AnAlbum_IsWhatItWas(string title, string artists, string id) =>
        Assert.Equal(id, AlbumIds.Of(title, artists));
}
