//! How is the sample dossier made?
mod camera;
mod exif;
mod film;
mod glyphs;
mod jpeg;
mod light;
mod march;
mod material;
mod scene;
mod shape;
mod vector;
mod paper;
fn main(){
    let dir = std::env::args().nth(1).unwrap();
    let width: u32 = std::env::args().nth(2).unwrap().parse().unwrap();
    let only = std::env::args().nth(3).unwrap_or_default();
    for shot in scene::shots() {
        if !shot.file.contains(&only) { continue }
        let t = std::time::Instant::now();
        let p = shot.take(if shot.size.0 < shot.size.1 { width * 3 / 4 } else { width });
        let j = jpeg::pixels(&p, jpeg::Squeeze{quality: 85, progressive: false}).unwrap();
        std::fs::write(format!("{dir}/{}.jpg", shot.file), j).unwrap();
        println!("{} {:?} {:?}", shot.file, t.elapsed(), shot.regions);
    }
}
